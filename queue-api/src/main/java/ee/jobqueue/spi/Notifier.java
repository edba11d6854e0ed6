package ee.jobqueue.spi;

import java.time.Duration;

/**
 * The port by which a server learns at once what others did: jobs that are due, chains that are over, attempts that lost
 * their jobs. Optional, and only for speed: the store is polled as well, so that a lost notification costs time and never a
 * job.
 *
 * <p>The engine keeps one subscription open for each server, in a thread of its own, and asks for the next notifications
 * when it has dealt with the last. When the connection is lost it subscribes anew, after a growing wait, and then looks at
 * everything once, since notifications may be missing. So an implementation tries nothing again and logs nothing.
 *
 * <p>A store module brings one as a CDI bean. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Notifier {

    /**
     * Opens a connection. Whatever is committed after this has returned is told, by the subscription's next calls.
     *
     * @param longestWait how long a call of {@link Subscription#next} waits when nothing happens; a server that stops waits
     *     for it, so about a second
     * @return the subscription, to be closed
     * @throws UnsupportedOperationException when this deployment never tells anything; final, the message says why. The
     *     store is polled
     * @throws RuntimeException when the connection cannot be opened; to be tried again
     */
    Subscription subscribe(Duration longestWait);
}
