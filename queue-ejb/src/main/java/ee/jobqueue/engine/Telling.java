package ee.jobqueue.engine;

import ee.jobqueue.Printable;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Transactions;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells listeners what happened, after the commit. What a listener throws is logged and counted here, so that it reaches
 * neither the caller nor the other listeners.
 */
final class Telling {

    private static final System.Logger LOG = QueueLog.logger();

    private final Transactions transactions;
    private final List<QueueListener> listeners;

    Telling(Transactions transactions, List<QueueListener> listeners) {
        this.transactions = transactions;
        this.listeners = List.copyOf(listeners);
    }

    /** Tells now; the transaction that made it true has committed. */
    void now(Consumer<QueueListener> event) {
        for (QueueListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // whatever it is, what it is told of has happened
                LOG.log(Level.WARNING, () -> "a listener failed: " + Printable.of(listener), e);
                countFailure(e);
            }
        }
    }

    /** Tells when the current transaction has committed; not at all when it rolls back. */
    void afterCommit(Consumer<QueueListener> event) {
        transactions.afterCompletion(committed -> {
            if (committed) {
                now(event);
            }
        });
    }

    /** Tells of chains that their blockers ended; the transaction in which they did has committed. */
    void now(Resolved resolved) {
        if (!resolved.ended().isEmpty()) {
            now(listener -> listener.chainsEndedByBlocker(resolved.ended()));
        }
    }

    /** The same, when the current transaction has committed. */
    void afterCommit(Resolved resolved) {
        if (!resolved.ended().isEmpty()) {
            afterCommit(listener -> listener.chainsEndedByBlocker(resolved.ended()));
        }
    }

    private void countFailure(Throwable error) {
        for (QueueListener listener : listeners) {
            try {
                listener.listenerFailed(error);
            } catch (Throwable e) { // whatever it is, the others count
                LOG.log(Level.WARNING, () -> "a listener failed to count a failure: " + Printable.of(listener), e);
            }
        }
    }
}
