package ee.jobqueue.chaos.proxy;

/**
 * Where packets go.
 *
 * @since 0.1
 */
public enum Direction {
    /** From a client to the database. */
    TO_DATABASE,
    /** From the database to a client. */
    TO_CLIENT
}
