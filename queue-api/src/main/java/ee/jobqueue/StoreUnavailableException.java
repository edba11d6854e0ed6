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
     * @param isTransient whether the same work may succeed in a new transaction
     * @param cause the store's error
     */
    public StoreUnavailableException(String message, boolean isTransient, Throwable cause) {
        super(message, cause);
        this.transientError = isTransient;
    }

    /**
     * Whether the same work may succeed in a new transaction: at once after a conflict, after an outage as soon as the
     * store answers again. When it was a commit that failed, it is not known whether it happened; who needs to know looks.
     *
     * @return true after a deadlock, a serialization failure or a write conflict, and when the connection broke or none
     *     could be had
     */
    public boolean isTransient() {
        return transientError;
    }
}
