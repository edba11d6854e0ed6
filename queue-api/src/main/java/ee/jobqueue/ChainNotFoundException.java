package ee.jobqueue;

/**
 * Thrown when a chain is named that is not in the store.
 *
 * @since 0.1
 */
public final class ChainNotFoundException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final ChainId chainId;

    /**
     * Makes the error.
     *
     * @param chainId the chain that was named
     */
    public ChainNotFoundException(ChainId chainId) {
        super("there is no chain " + chainId);
        this.chainId = chainId;
    }

    /**
     * The chain that was named.
     *
     * @return the chain that was named
     */
    public ChainId chainId() {
        return chainId;
    }
}
