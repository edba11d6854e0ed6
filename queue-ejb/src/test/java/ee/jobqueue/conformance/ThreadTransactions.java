package ee.jobqueue.conformance;

import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in Java SE, each bound to the thread that began it: extend it for your store. Safe for use by several threads.
 *
 * @param <T> what a store needs for a transaction, such as a session
 * @since 0.1
 */
public abstract class ThreadTransactions<T> implements Transactions {

    private final ThreadLocal<@Nullable Current<T>> current = new ThreadLocal<>();

    /** For who extends it. */
    protected ThreadTransactions() {}

    /**
     * Begins a transaction.
     *
     * @param timeout how long it may take; {@code null} for the default
     * @return what the store needs for it
     */
    protected abstract T begin(@Nullable Duration timeout);

    /**
     * Commits a transaction that is not marked for rollback.
     *
     * @param transaction what {@link #begin} returned
     * @throws CommitFailedException when it did not commit, as for a {@link RuntimeException}
     */
    protected abstract void commit(T transaction) throws CommitFailedException;

    /**
     * Rolls a transaction back unless it is committed, and lets go of what it needed.
     *
     * @param transaction what {@link #begin} returned
     * @param committed whether it is committed
     */
    protected abstract void end(T transaction, boolean committed);

    /**
     * The transaction of the calling thread.
     *
     * @return what {@link #begin} returned; {@code null} when there is none
     */
    protected final @Nullable T current() {
        Current<T> now = current.get();
        return now == null ? null : now.transaction;
    }

    @Override
    public final boolean isActive() {
        return current.get() != null;
    }

    @Override
    public final <R> R inNew(@Nullable Duration timeout, Callable<R> work) throws Exception {
        if (isActive()) {
            throw new IllegalStateException("the thread has a transaction already");
        }
        Current<T> now = new Current<>(begin(timeout));
        current.set(now);
        R result;
        try {
            result = work.call();
            commit(now);
        } catch (Throwable e) {
            rolledBack(now, e);
            throw e;
        }
        current.remove();
        end(now.transaction, true);
        now.tell(true);
        return result;
    }

    private void commit(Current<T> now) throws CommitFailedException {
        if (now.rollbackOnly) {
            throw new CommitFailedException("the transaction was marked for rollback", null);
        }
        try {
            commit(now.transaction);
        } catch (RuntimeException e) {
            throw new CommitFailedException("the commit failed", e);
        }
    }

    /** On a broken connection the rollback fails as well; the first error is the one that counts. */
    private void rolledBack(Current<T> now, Throwable reason) {
        current.remove();
        try {
            end(now.transaction, false);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
        now.tell(false);
    }

    @Override
    public final void setRollbackOnly() {
        Current<T> now = current.get();
        if (now != null) {
            now.rollbackOnly = true;
        }
    }

    @Override
    public final void afterCompletion(Consumer<Boolean> callback) {
        Current<T> now = current.get();
        if (now == null) {
            throw new IllegalStateException("the thread has no transaction");
        }
        if (now.rollbackOnly) {
            callback.accept(false);
        } else {
            now.callbacks.add(callback);
        }
    }

    private static final class Current<T> {
        private final T transaction;
        private final List<Consumer<Boolean>> callbacks = new ArrayList<>();
        private boolean rollbackOnly;

        Current(T transaction) {
            this.transaction = transaction;
        }

        void tell(boolean committed) {
            callbacks.forEach(callback -> callback.accept(committed));
        }
    }
}
