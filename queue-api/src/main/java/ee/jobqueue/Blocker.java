package ee.jobqueue;

import java.util.Objects;

/**
 * A chain for which a job waits, and what becomes of the job when that chain does not complete. Immutable.
 *
 * @param chain the chain
 * @param onFailure what becomes of the job when the chain fails or is cancelled
 * @since 0.1
 */
public record Blocker(ChainId chain, OnFailure onFailure) {

    /**
     * Refuses nulls.
     *
     * @param chain the chain
     * @param onFailure what becomes of the job when the chain fails or is cancelled
     */
    public Blocker {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(onFailure, "onFailure");
    }
}
