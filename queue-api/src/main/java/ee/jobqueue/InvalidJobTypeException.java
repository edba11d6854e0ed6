package ee.jobqueue;

/**
 * Thrown when a class is no valid job type of this application: at deployment for the types that can be seen then, and
 * again when one is used.
 *
 * @since 0.1
 */
public final class InvalidJobTypeException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String rule;

    /**
     * Makes the error.
     *
     * @param type the name of the type, or of the class when it has none
     * @param rule what is wrong and what to do
     */
    public InvalidJobTypeException(String type, String rule) {
        super("job type '" + type + "': " + rule);
        this.type = type;
        this.rule = rule;
    }

    /**
     * The name of the type, or of the class when it has none.
     *
     * @return the name of the type, or of the class when it has none
     */
    public String type() {
        return type;
    }

    /**
     * What is wrong and what to do.
     *
     * @return what is wrong and what to do
     */
    public String rule() {
        return rule;
    }
}
