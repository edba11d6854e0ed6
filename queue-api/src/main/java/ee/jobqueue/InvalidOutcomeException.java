package ee.jobqueue;

/**
 * Thrown when a processor, or a decision from outside, returns an outcome that does not fit its job.
 *
 * @since 0.1
 */
public final class InvalidOutcomeException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String rule;

    /**
     * Makes the error.
     *
     * @param type the name of the job type
     * @param rule what is wrong and what is allowed
     */
    public InvalidOutcomeException(String type, String rule) {
        super("job type '" + type + "': " + rule);
        this.type = type;
        this.rule = rule;
    }

    /**
     * The name of the job type.
     *
     * @return the name of the job type
     */
    public String type() {
        return type;
    }

    /**
     * What is wrong and what is allowed.
     *
     * @return what is wrong and what is allowed
     */
    public String rule() {
        return rule;
    }
}
