package ee.jobqueue;

/**
 * Thrown when an input or an output is larger than the configured limit. Nothing was written.
 *
 * @since 0.1
 */
public final class PayloadTooLargeException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final long size;
    private final long limit;

    /**
     * Makes the error.
     *
     * @param type the name of the job type
     * @param size the size in bytes of UTF-8
     * @param limit the limit in bytes
     */
    public PayloadTooLargeException(String type, long size, long limit) {
        super("a payload of type '" + type + "' has " + size + " bytes, the limit is " + limit
                + ": store large data elsewhere and pass a reference, or raise jobqueue.payload.max-size");
        this.type = type;
        this.size = size;
        this.limit = limit;
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
     * The size in bytes of UTF-8.
     *
     * @return the size in bytes of UTF-8
     */
    public long size() {
        return size;
    }

    /**
     * The limit in bytes.
     *
     * @return the limit in bytes
     */
    public long limit() {
        return limit;
    }
}
