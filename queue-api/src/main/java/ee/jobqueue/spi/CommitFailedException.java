package ee.jobqueue.spi;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a transaction did not commit, or when it is not known whether it did: who needs to know looks at the store,
 * where the fence tells.
 *
 * @since 0.1
 */
public final class CommitFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was tried
     * @param cause the transaction manager's error; {@code null} for a transaction that was marked for rollback
     */
    public CommitFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
