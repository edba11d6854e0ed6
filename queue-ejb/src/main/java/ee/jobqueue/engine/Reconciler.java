package ee.jobqueue.engine;

import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares, both ways, what the store and this server believe to be running here, on a schedule of its own. An attempt that
 * the store does not name is told when it has lost its job. A job that this server does not know goes back: at the second
 * look, since its acquire may just be answered; at the first one when an answer is known to be lost, as soon as the acquire
 * under way has ended.
 *
 * <p>With nothing running here it looks only while such an answer may have been lost within the last lease: long enough for
 * a commit that is late.
 */
final class Reconciler {

    private static final System.Logger LOG = System.getLogger("ee.jobqueue");

    /** An acquire takes some milliseconds, as a rule. */
    private static final Duration UNTIL_ACQUIRED = Duration.ofMillis(10);

    private final WorkerParts parts;
    private final Supplier<@Nullable WorkerId> worker;
    private final Dispatcher dispatcher;
    private final Ownership ownership;
    private volatile boolean stopped;

    // Only the running tick touches these.
    private final Set<Token> unknownAtLastLook = new HashSet<>();
    private long lossIsOld;

    Reconciler(WorkerParts parts, Supplier<@Nullable WorkerId> worker, Dispatcher dispatcher) {
        this.parts = parts;
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.ownership = new Ownership(parts.store(), parts.running());
        this.lossIsOld = parts.timer().nanoTime();
    }

    /** Looks once in each interval of renewals from now on. */
    void start() {
        parts.later(parts.settings().renewInterval(), this::tick);
    }

    void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        try {
            WorkerId current = worker.get();
            if (current != null && isLookDue()) {
                look(current);
            }
        } catch (Throwable e) { // whatever it is, the next look comes
            LOG.log(Level.WARNING, "could not look at what runs under this worker: " + Errors.line(e));
        }
        start();
    }

    private boolean isLookDue() {
        if (parts.running().takeIncomplete()) {
            lossIsOld = parts.timer().nanoTime() + parts.settings().lease().toNanos();
        }
        return isLossRecent() || !parts.running().isEmpty() || !unknownAtLastLook.isEmpty();
    }

    private boolean isLossRecent() {
        return parts.timer().nanoTime() - lossIsOld < 0;
    }

    private void look(WorkerId current) {
        Set<Token> before = parts.running().tokens(); // they may have ended when the store's answer is here
        Set<Token> stored = Set.copyOf(parts.store().reading(s -> s.running(current)));
        long acquires = dispatcher.acquires();
        Set<Token> unknown = new HashSet<>(stored);
        unknown.removeAll(before);
        unknown.removeAll(parts.running().tokens());
        Set<Token> lost = new HashSet<>(unknown);
        if (isLossRecent()) {
            giveBackOnceAcquired(unknown, acquires);
        } else {
            lost.retainAll(unknownAtLastLook);
            giveBack(lost);
        }
        unknownAtLastLook.clear();
        unknownAtLastLook.addAll(unknown);
        ownership.checkOthers(stored);
    }

    /** Only the acquire that was under way when the store was asked can still bring one of these. */
    private void giveBackOnceAcquired(Set<Token> unknown, long acquires) {
        boolean isUnderWay = acquires % 2 != 0 && acquires == dispatcher.acquires();
        if (!unknown.isEmpty() && isUnderWay && !stopped) {
            parts.later(UNTIL_ACQUIRED, () -> giveBackOnceAcquired(unknown, acquires));
            return;
        }
        Set<Token> lost = new HashSet<>(unknown);
        lost.removeAll(parts.running().tokens());
        giveBack(lost);
    }

    private void giveBack(Set<Token> lost) {
        if (!lost.isEmpty()) {
            LOG.log(Level.WARNING, lost.size() + " jobs run under this worker without its knowledge; they go back");
            parts.giveBack(List.copyOf(lost));
            dispatcher.wake();
        }
    }
}
