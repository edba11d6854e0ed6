package ee.jobqueue.spi;

/**
 * An open connection that receives notifications. Used by one thread, outside of any transaction.
 *
 * @since 0.1
 */
public interface Subscription extends AutoCloseable {

    /**
     * Waits until something happens, for as long as the subscription was told to wait, and returns everything that is at
     * hand then. What happens between two calls is kept for the next.
     *
     * @return what happened; {@link Notifications#NONE} when nothing did
     * @throws RuntimeException when the connection is lost; the subscription is of no use any more
     */
    Notifications next();

    /** Closes the connection. Does not throw. */
    @Override
    void close();
}
