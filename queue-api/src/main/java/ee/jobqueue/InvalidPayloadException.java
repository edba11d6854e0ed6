package ee.jobqueue;

import java.util.List;

/**
 * Thrown when an input or an output violates its constraints, cannot be written as JSON, or cannot be read back. Nothing was
 * written.
 *
 * @since 0.1
 */
public final class InvalidPayloadException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String type;
    /** Held as an array, since a throwable is serializable. */
    private final String[] violations;

    /**
     * Makes the error.
     *
     * @param type the name of the job type
     * @param violations what is wrong, one entry each: path and rule
     */
    public InvalidPayloadException(String type, List<String> violations) {
        super("payload of job type '" + type + "' is invalid: " + String.join("; ", violations));
        this.type = type;
        this.violations = violations.toArray(String[]::new);
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
     * What is wrong, one entry each: path and rule.
     *
     * @return what is wrong, one entry each: path and rule
     */
    public List<String> violations() {
        return List.of(violations);
    }
}
