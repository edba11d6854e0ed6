package ee.jobqueue.engine;

import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares, both ways, what the store and this server believe to be running here, on a schedule of its own. An attempt that
 * the store does not name is told when it has lost its job. A job that this server does not know goes back: at the second
 * look, or at the first one when an answer is known to be lost; in either case when the acquire that is under way has ended,
 * which may just bring it, or after a lease when that acquire hangs.
 *
 * <p>With nothing running here it looks only while such an answer may have been lost within the last lease: long enough for
 * a commit that is late.
 */
final class Reconciler {

    private static final System.Logger LOG = QueueLog.logger();

    /** An acquire takes some milliseconds, as a rule. */
    private static final Duration UNTIL_ACQUIRED = Duration.ofMillis(10);

    private final WorkerParts parts;
    private final Supplier<@Nullable WorkerId> worker;
    private final Dispatcher dispatcher;
    private final Ownership ownership;
    private volatile boolean stopped;

    /** Since when jobs are unknown that were so at the last look. */
    private final Map<Token, Long> unknownSince = new ConcurrentHashMap<>();

    private volatile int looks;

    // Only the running tick touches this.
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
        return isLossRecent() || !parts.running().isEmpty() || !unknownSince.isEmpty();
    }

    private boolean isLossRecent() {
        return parts.timer().nanoTime() - lossIsOld < 0;
    }

    private void look(WorkerId current) {
        long now = parts.timer().nanoTime();
        Set<Token> before = parts.running().tokens(); // they may have ended when the store's answer is here
        Set<Token> stored = Set.copyOf(parts.store().reading(s -> s.running(current)));
        long acquires = dispatcher.acquires();
        Set<Token> unknown = new HashSet<>(stored);
        unknown.removeAll(before);
        unknown.removeAll(parts.running().tokens());
        Set<Token> lost = new HashSet<>(unknown);
        if (!isLossRecent()) {
            lost.retainAll(unknownSince.keySet());
        }
        unknownSince.keySet().retainAll(unknown);
        unknown.forEach(token -> unknownSince.putIfAbsent(token, now));
        giveBackOnceAcquired(lost, acquires, ++looks);
        ownership.checkOthers(stored);
    }

    /** Only the acquire that was under way when the store was asked can still bring one of these, unless it hangs. */
    private void giveBackOnceAcquired(Set<Token> unknown, long acquires, int look) {
        boolean isUnderWay = acquires % 2 != 0 && acquires == dispatcher.acquires();
        Set<Token> lost = new HashSet<>(unknown);
        if (isUnderWay) {
            lost.removeIf(token -> !isUnknownForALease(token));
        }
        lost.removeAll(parts.running().tokens());
        giveBack(lost);
        if (isUnderWay && lost.size() < unknown.size() && look == looks && !stopped) {
            parts.later(UNTIL_ACQUIRED, () -> giveBackOnceAcquired(unknown, acquires, look));
        }
    }

    private boolean isUnknownForALease(Token token) {
        Long since = unknownSince.get(token);
        return since != null
                && parts.timer().nanoTime() - since > parts.settings().lease().toNanos();
    }

    private void giveBack(Set<Token> lost) {
        if (!lost.isEmpty()) {
            LOG.log(Level.WARNING, lost.size() + " jobs run under this worker without its knowledge; they go back");
            try {
                parts.giveBack(List.copyOf(lost));
            } catch (Throwable e) { // whatever it is, the next look finds them again
                LOG.log(Level.WARNING, "they could not be given back yet: " + Errors.line(e));
                return;
            }
            dispatcher.wake();
        }
    }
}
