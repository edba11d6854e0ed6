package ee.jobqueue.chaos.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a client says on one connection, message by message. For use by one thread.
 *
 * @since 0.1
 */
public interface Requests {

    /**
     * Waits for the next message.
     *
     * @return the message; {@code null} when the client has closed the connection
     * @throws IOException when the connection is broken
     */
    @Nullable Request next() throws IOException;
}
