package ee.jobqueue.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a cancellation led to.
 *
 * @param lastJobs the last jobs of the cancelled chains as they stand now, in the order in which the chains were named
 * @param resolved what became of those who waited for these chains
 * @since 0.1
 */
public record Cancelled(List<StoredJob> lastJobs, Resolved resolved) {

    /**
     * Copies the list and refuses nulls.
     *
     * @param lastJobs the last jobs of the cancelled chains as they stand now
     * @param resolved what became of those who waited for these chains
     */
    public Cancelled {
        lastJobs = List.copyOf(lastJobs);
        Objects.requireNonNull(resolved, "resolved");
    }
}
