package ee.jobqueue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one page of the chains that a filter selects. Unlike a list of ids, which is changed as a whole or not at
 * all, a filter is done as far as it can be, and what cannot be done is named. Immutable.
 *
 * @param changed the last jobs of the changed chains, as they stand now; of deleted chains, as they stood
 * @param passedOver the chains that were left as they are
 * @param nextRequest how to go on; {@code null} when this was the last page. It leads past the chains of this page, also
 *     those that were passed over, so that a loop comes to its end
 * @since 0.1
 */
public record BulkResult(
        List<Job> changed,
        List<PassedOver> passedOver,
        @Nullable PageRequest nextRequest) {

    /**
     * Copies the lists.
     *
     * @param changed the last jobs of the changed chains
     * @param passedOver the chains that were left as they are
     * @param nextRequest how to go on
     */
    public BulkResult {
        changed = List.copyOf(changed);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * A chain that was left as it is.
     *
     * @param chainId the chain
     * @param reason why, with its data: what the verb would have thrown for this chain alone, or a {@link
     *     StatusChangedException} when another change came first
     */
    public record PassedOver(ChainId chainId, JobQueueException reason) {}

    /**
     * How to go on.
     *
     * @return the request for the next page; empty when this was the last
     */
    public Optional<PageRequest> next() {
        return Optional.ofNullable(nextRequest);
    }
}
