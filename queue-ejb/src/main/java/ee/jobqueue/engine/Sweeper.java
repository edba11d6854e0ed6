package ee.jobqueue.engine;

import ee.jobqueue.Job;
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

    private static final System.Logger LOG = System.getLogger("ee.jobqueue");
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

    void start() {
        try {
            Optional<Swept> swept =
                    parts.store().inNew(s -> s.sweep(INTERVAL, parts.settings().attemptLimits()));
            swept.ifPresent(this::report);
        } catch (Throwable e) { // whatever it is, the next one comes
            LOG.log(Level.WARNING, "the sweep failed, next try in " + INTERVAL.toSeconds() + " s: " + Errors.line(e));
        }
        if (!stopped) {
            parts.later(INTERVAL, this::start);
        }
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
