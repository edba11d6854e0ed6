package ee.jobqueue;

/**
 * Thrown when a failed chain is to be opened again, by a retry or a continuation from outside, whose deduplication key another
 * open chain holds by now.
 *
 * @since 0.1
 */
public final class KeyHeldException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final ChainId chainId;
    private final String key;
    private final ChainId holder;

    /**
     * Makes the error.
     *
     * @param chainId the chain that was to be opened again
     * @param key its deduplication key
     * @param holder the open chain that holds the key
     */
    public KeyHeldException(ChainId chainId, String key, ChainId holder) {
        super("chain " + chainId + " cannot go on: chain " + holder + " holds its deduplication key '" + key
                + "' and is not over");
        this.chainId = chainId;
        this.key = key;
        this.holder = holder;
    }

    /**
     * The chain that was to be opened again.
     *
     * @return the chain
     */
    public ChainId chainId() {
        return chainId;
    }

    /**
     * Its deduplication key.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * The open chain that holds the key.
     *
     * @return another chain of the same type
     */
    public ChainId holder() {
        return holder;
    }
}
