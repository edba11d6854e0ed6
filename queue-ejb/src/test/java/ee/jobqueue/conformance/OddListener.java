package ee.jobqueue.conformance;

import ee.jobqueue.Job;
import ee.jobqueue.engine.AttemptEnded;
import ee.jobqueue.engine.QueueListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Throws something else at each event, and cannot even say its name. Thread-safe. */
final class OddListener implements QueueListener {

    private final List<Throwable> errors = new ArrayList<>(OddErrors.all().values());
    private final AtomicInteger told = new AtomicInteger();

    OddListener() {
        errors.add(new ThreadDeath());
    }

    @Override
    public void chainsStarted(List<Job> jobs) {
        fail();
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        fail();
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {
        fail();
    }

    @Override
    public void reaped(List<Job> jobs) {
        fail();
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        fail();
    }

    @Override
    public void chainsEndedByBlocker(List<Job> lastJobs) {
        fail();
    }

    @Override
    public void chainsRetried(List<Job> lastJobs) {
        fail();
    }

    @Override
    public void waitingChanged(List<Job> jobs) {
        fail();
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        fail();
    }

    @Override
    public void listenerFailed(Throwable error) {
        fail();
    }

    @Override
    public void notifierFailed(Throwable error) {
        fail();
    }

    /** How many different errors there are. */
    int variety() {
        return errors.size();
    }

    private void fail() {
        throw OddErrors.<RuntimeException>thrown(errors.get(told.getAndIncrement() % errors.size()));
    }

    @Override
    public String toString() {
        throw new AssertionError("it cannot be asked");
    }
}
