package ee.jobqueue.chaos.proxy;

import org.jspecify.annotations.Nullable;

/**
 * One message of a client.
 *
 * @param bytes the message as it was read
 * @param statement the text of the statement that it executes; {@code null} when it executes none
 * @since 0.1
 */
public record Request(byte[] bytes, @Nullable String statement) {}
