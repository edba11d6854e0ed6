package ee.jobqueue.spi;

import java.util.Objects;

/**
 * What became of a chain that was to be started.
 *
 * @param lastJob the new chain's only job, or the last job of the chain that holds the deduplication key
 * @param deduplicated whether the key was held, and nothing was written
 * @since 0.1
 */
public record Started(StoredJob lastJob, boolean deduplicated) {

    /**
     * Refuses nulls.
     *
     * @param lastJob the new chain's only job, or the last job of the chain that holds the deduplication key
     * @param deduplicated whether the key was held, and nothing was written
     */
    public Started {
        Objects.requireNonNull(lastJob, "lastJob");
    }
}
