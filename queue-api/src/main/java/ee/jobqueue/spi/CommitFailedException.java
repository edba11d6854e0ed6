package ee.jobqueue.spi;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a transaction did not commit, or when it is not known whether it did: who needs to know looks at the store,
 * where the fence tells.
 *
 * <p>Not every transaction manager passes on why a participant did not commit. On a server the transactions of {@link
 * Transactions#inNew} therefore have an {@link java.util.concurrent.atomic.AtomicReference} under this class among the resources
 * of their {@code TransactionSynchronizationRegistry}: a store that enlists itself leaves its reason there, and finds it
 * again as the cause of this error.
 *
 * @since 0.1
 */
public final class CommitFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was tried
     * @param cause the participant's or the transaction manager's error; {@code null} for a transaction that was marked for rollback
     */
    public CommitFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
