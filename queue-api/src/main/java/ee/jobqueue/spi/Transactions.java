package ee.jobqueue.spi;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transactions in which a store's verbs act: JTA on a server, the store's own in Java SE. The current transaction
 * belongs to the calling thread. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Transactions {

    /**
     * Whether the calling thread has a transaction.
     *
     * @return true as well when it is marked for rollback
     */
    boolean isActive();

    /**
     * Runs work in a new transaction and commits it. What the work throws rolls it back.
     *
     * @param <T> what the work returns
     * @param timeout after how long the transaction is rolled back, to the second; {@code null} for the default
     * @param work the work
     * @return what the work returned, after the commit
     * @throws IllegalStateException when the thread has a transaction already
     * @throws CommitFailedException when the commit failed, or the work had marked the transaction for rollback
     * @throws Exception what the work threw, after the rollback
     */
    <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception;

    /** Marks the current transaction for rollback; does nothing when there is none. */
    void setRollbackOnly();

    /**
     * Calls back when the current transaction is over.
     *
     * @param callback told whether it was committed; an unknown end counts as rolled back, and a transaction that is
     *     marked for rollback already is told of at once. What it throws is the caller's to prevent
     * @throws IllegalStateException when the thread has no transaction
     */
    void afterCompletion(Consumer<Boolean> callback);
}
