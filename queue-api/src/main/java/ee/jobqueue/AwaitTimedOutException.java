package ee.jobqueue;

import java.time.Duration;

/**
 * Thrown when a chain was not over within the time that the caller waited.
 *
 * @since 0.1
 */
public final class AwaitTimedOutException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final ChainId chainId;
    private final Status status;
    private final Duration timeout;

    /**
     * Makes the error.
     *
     * @param chainId the chain
     * @param status where the chain stood at last
     * @param timeout how long the caller waited
     */
    public AwaitTimedOutException(ChainId chainId, Status status, Duration timeout) {
        super("chain " + chainId + " is still " + status + " after " + timeout);
        this.chainId = chainId;
        this.status = status;
        this.timeout = timeout;
    }

    /**
     * The chain.
     *
     * @return the chain
     */
    public ChainId chainId() {
        return chainId;
    }

    /**
     * Where the chain stood at last.
     *
     * @return where the chain stood at last
     */
    public Status status() {
        return status;
    }

    /**
     * How long the caller waited.
     *
     * @return how long the caller waited
     */
    public Duration timeout() {
        return timeout;
    }
}
