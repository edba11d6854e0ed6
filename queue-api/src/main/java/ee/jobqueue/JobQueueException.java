package ee.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * The base of everything that the queue refuses or cannot do. Each child says when it is thrown and carries what it
 * knows. The message is {@linkplain Printable printable}, whatever was given; what a child carries is as it was given.
 *
 * @since 0.1
 */
public abstract class JobQueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error without a cause.
     *
     * @param message what is wrong, where, and what to do
     */
    protected JobQueueException(String message) {
        super(Printable.line(message));
    }

    /**
     * An error with a cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what led to it; {@code null} for nothing
     */
    protected JobQueueException(String message, @Nullable Throwable cause) {
        super(Printable.line(message), cause);
    }
}
