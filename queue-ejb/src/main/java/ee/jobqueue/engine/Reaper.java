package ee.jobqueue.engine;

import ee.jobqueue.Job;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Reaped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts back the jobs of workers whose lease is over. One at a time in this server, beside everything else. */
final class Reaper {

    private static final System.Logger LOG = QueueLog.logger();

    private final WorkerParts parts;
    private final AtomicBoolean isAtWork = new AtomicBoolean();

    Reaper(WorkerParts parts) {
        this.parts = parts;
    }

    /** Looks soon, unless it does so already. Returns at once. */
    void wake() {
        if (!isAtWork.get()) {
            parts.later(Duration.ZERO, this::reap);
        }
    }

    /** Looks now, unless it does so already. Does not throw. */
    void reap() {
        if (!isAtWork.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Job> reaped = parts.store().inNew(s -> {
                Reaped found = s.reap(parts.settings().attemptLimits());
                if (!found.jobs().isEmpty()) {
                    parts.telling().afterCommit(listener -> listener.reaped(found.jobs()));
                }
                parts.telling().afterCommit(found.resolved());
                return found.jobs();
            });
            if (!reaped.isEmpty()) {
                LOG.log(Level.INFO, "reaped " + reaped.size() + " jobs of workers whose lease is over");
            }
        } catch (Throwable e) { // whatever it is, the next renewal sees those workers again
            LOG.log(Level.WARNING, "jobs of workers whose lease is over could not be reaped: " + Errors.line(e));
        } finally {
            isAtWork.set(false);
        }
    }
}
