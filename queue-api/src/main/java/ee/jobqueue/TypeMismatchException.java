package ee.jobqueue;

/**
 * Thrown when a chain or a job is of another type than the caller expects.
 *
 * @since 0.1
 */
public final class TypeMismatchException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String expected;
    private final String actual;

    /**
     * Makes the error.
     *
     * @param id the chain or job
     * @param expected the name of the expected type
     * @param actual the name of its type
     */
    public TypeMismatchException(String id, String expected, String actual) {
        super(id + " is of type '" + actual + "', not of type '" + expected + "'");
        this.id = id;
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * The chain or job.
     *
     * @return the chain or job
     */
    public String id() {
        return id;
    }

    /**
     * The name of the expected type.
     *
     * @return the name of the expected type
     */
    public String expected() {
        return expected;
    }

    /**
     * The name of its type.
     *
     * @return the name of its type
     */
    public String actual() {
        return actual;
    }
}
