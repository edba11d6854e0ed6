package ee.jobqueue;

/**
 * Thrown when the store does not answer, or refuses a statement for a reason that is not the caller's. The caller's
 * transaction is marked for rollback.
 *
 * @since 0.1
 */
public final class StoreUnavailableException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final boolean transientError;

    /**
     * Makes the error.
     *
     * @param message what was tried
     * @param isTransient whether the same work may succeed in a new transaction at once, as after a deadlock
     * @param cause the store's error
     */
    public StoreUnavailableException(String message, boolean isTransient, Throwable cause) {
        super(message, cause);
        this.transientError = isTransient;
    }

    /**
     * Whether the same work may succeed in a new transaction at once.
     *
     * @return true after a deadlock, a serialization failure or a write conflict
     */
    public boolean isTransient() {
        return transientError;
    }
}
