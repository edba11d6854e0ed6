package ee.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the output of a chain is asked for that has failed or was cancelled. Of a blocker with {@link
 * OnFailure#RUN} also when the chain failed, was retried since, and is not completed yet: see {@link #status}.
 *
 * @since 0.1
 */
public final class ChainFailedException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final ChainId chainId;
    private final Status status;
    private final @Nullable String error;

    /**
     * Makes the error.
     *
     * @param chainId the chain
     * @param status where the chain stands
     * @param error the error of its last attempt that failed, or null when none did
     */
    public ChainFailedException(ChainId chainId, Status status, @Nullable String error) {
        super("chain " + chainId + " is " + status
                + (error == null ? "" : ": " + error.lines().findFirst().orElse("")));
        this.chainId = chainId;
        this.status = status;
        this.error = error;
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
     * Where the chain stands.
     *
     * @return where the chain stands
     */
    public Status status() {
        return status;
    }

    /**
     * The error of its last attempt that failed, or null when none did.
     *
     * @return the error of its last attempt that failed, or null when none did
     */
    public @Nullable String error() {
        return error;
    }
}
