package ee.jobqueue;

/**
 * Thrown when something is called inside a transaction or an attempt that can only be done outside.
 *
 * @since 0.1
 */
public final class TransactionNotAllowedException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    /**
     * Makes the error.
     *
     * @param operation what was called
     * @param reason why it is not allowed, and what to do
     */
    public TransactionNotAllowedException(String operation, String reason) {
        super(operation + " is not allowed here: " + reason);
        this.operation = operation;
    }

    /**
     * What was called.
     *
     * @return what was called
     */
    public String operation() {
        return operation;
    }
}
