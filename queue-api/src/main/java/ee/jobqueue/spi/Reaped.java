package ee.jobqueue.spi;

import ee.jobqueue.Job;
import java.util.List;
import java.util.Objects;

/**
 * What reaping led to.
 *
 * @param jobs the jobs that were put back, or failed, as they stand now
 * @param resolved what became of those who waited for the chains of the failed ones
 * @since 0.1
 */
public record Reaped(List<Job> jobs, Resolved resolved) {

    /** There was nothing to reap. */
    public static final Reaped NONE = new Reaped(List.of(), Resolved.NONE);

    /**
     * Copies the list and refuses nulls.
     *
     * @param jobs the jobs that were put back, or failed
     * @param resolved what became of those who waited for the chains of the failed ones
     */
    public Reaped {
        jobs = List.copyOf(jobs);
        Objects.requireNonNull(resolved, "resolved");
    }
}
