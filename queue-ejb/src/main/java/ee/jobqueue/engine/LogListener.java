package ee.jobqueue.engine;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/** Writes state changes to the log: the normal ones at debug level, failures as warnings. */
final class LogListener implements QueueListener {

    private static final System.Logger LOG = QueueLog.logger();

    @Override
    public void chainsStarted(List<Job> jobs) {
        for (Job job : jobs) {
            LOG.log(Level.DEBUG, () -> "chain " + job.chainId() + " (" + job.type() + ") started, " + job.status());
        }
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        switch (event.end()) {
            case FAILED_FOR_GOOD -> LOG.log(Level.WARNING, line(event), event.error());
            default -> LOG.log(Level.DEBUG, () -> line(event));
        }
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {
        LOG.log(Level.DEBUG, () -> "job " + job.id() + " (" + job.type() + ") completed from outside");
    }

    @Override
    public void reaped(List<Job> jobs) {
        for (Job job : jobs) {
            LOG.log(
                    Level.WARNING,
                    "attempt " + job.attempt() + " of job " + job.id() + " (" + job.type()
                            + ") is lost, its worker is gone; the job is " + job.status());
        }
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        for (Job job : lastJobs) {
            LOG.log(
                    Level.DEBUG,
                    () -> "chain " + job.chainId() + " cancelled at job " + job.id() + " (" + job.type() + ")");
        }
    }

    @Override
    public void chainsEndedByBlocker(List<Job> lastJobs) {
        for (Job job : lastJobs) {
            LOG.log(
                    job.status() == Status.FAILED ? Level.WARNING : Level.DEBUG,
                    () -> "chain " + job.chainId() + " is " + job.status() + " at job " + job.id() + " (" + job.type()
                            + "): " + job.lastError());
        }
    }

    @Override
    public void chainsRetried(List<Job> lastJobs) {
        for (Job job : lastJobs) {
            LOG.log(
                    Level.DEBUG,
                    () -> "chain " + job.chainId() + " is retried at job " + job.id() + " (" + job.type() + ")");
        }
    }

    @Override
    public void waitingChanged(List<Job> jobs) {
        for (Job job : jobs) {
            LOG.log(
                    Level.DEBUG,
                    () -> "job " + job.id() + " (" + job.type() + ") is due at " + job.scheduledAt() + ", priority "
                            + job.priority());
        }
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        for (Job job : lastJobs) {
            LOG.log(
                    Level.DEBUG,
                    () -> "chain " + job.chainId() + " (" + job.chainType() + ") deleted, " + job.status());
        }
    }

    private static String line(AttemptEnded event) {
        Job job = event.job();
        return "attempt " + job.attempt() + " of job " + job.id() + " (" + job.type() + ") ended " + event.end()
                + " after " + event.took().toMillis() + " ms";
    }

    @Override
    public String toString() {
        return "the log";
    }
}
