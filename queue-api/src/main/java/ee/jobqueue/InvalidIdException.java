package ee.jobqueue;

/**
 * Thrown when an id is not of the form that the store gives.
 *
 * @since 0.1
 */
public final class InvalidIdException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String value;

    /**
     * Makes the error.
     *
     * @param value the text that was given
     * @param rule what the store expects
     */
    public InvalidIdException(String value, String rule) {
        super("'" + value + "' is no valid id: " + rule);
        this.value = value;
    }

    /**
     * The text that was given.
     *
     * @return the text that was given
     */
    public String value() {
        return value;
    }

    static void check(String value) {
        if (!value.matches("[0-9A-Za-z-]{1,64}")) {
            throw new InvalidIdException(value, "an id has 1 to 64 letters, digits and hyphens");
        }
    }
}
