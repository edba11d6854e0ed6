package ee.jobqueue.engine;

import ee.jobqueue.Job;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Swept;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Once a minute, in one server at a time, mends what crashes and lost messages may have left, and has the types named
 * whose jobs wait for a server that is not there.
 */
final class Sweeper {

    private static final System.Logger LOG = QueueLog.logger();
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final WorkerParts parts;
    private final Runnable wake;
    private final WaitingTypes waitingTypes;
    private volatile boolean stopped;

    Sweeper(WorkerParts parts, Runnable wake) {
        this.parts = parts;
        this.wake = wake;
        this.waitingTypes = new WaitingTypes(parts);
    }

    /** Sweeps at once, and then again and again. Returns at once. */
    void start() {
        parts.later(Duration.ZERO, this::sweep);
    }

    private void sweep() {
        if (stopped) {
            return;
        }
        try {
            Optional<Swept> swept =
                    parts.store().inNew(s -> s.sweep(INTERVAL, parts.settings().attemptLimits()));
            swept.ifPresent(this::report);
        } catch (Throwable e) { // whatever it is, the next one comes
            LOG.log(Level.WARNING, "the sweep failed, next try in " + INTERVAL.toSeconds() + " s: " + Errors.line(e));
        }
        parts.later(INTERVAL, this::sweep);
    }

    void stop() {
        stopped = true;
    }

    private void report(Swept swept) {
        List<Job> reaped = swept.reaped().jobs();
        List<Job> unblocked = swept.missed().unblocked();
        if (!reaped.isEmpty()) {
            parts.telling().now(listener -> listener.reaped(reaped));
            parts.telling().now(swept.reaped().resolved());
        }
        if (!swept.missed().equals(Resolved.NONE)) {
            LOG.log(
                    Level.WARNING,
                    "the sweep unblocked " + unblocked.size() + " jobs and ended "
                            + swept.missed().ended().size() + " that were missed");
            parts.telling().now(swept.missed());
        }
        if (!reaped.isEmpty() || !unblocked.isEmpty()) {
            wake.run();
        }
        waitingTypes.report(swept.openTypes());
    }
}
