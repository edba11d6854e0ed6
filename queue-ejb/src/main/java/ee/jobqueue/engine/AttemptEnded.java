package ee.jobqueue.engine;

import ee.jobqueue.Job;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of the end of an attempt.
 *
 * @param job the job as it was acquired
 * @param end how the attempt ended
 * @param chainOver whether the chain is over by it
 * @param dueTypes the names of the types of jobs that are due by it, now or later
 * @param took how long the attempt took, its finishing transaction included
 * @param error why it failed; {@code null} when it did not
 * @since 0.1
 */
public record AttemptEnded(
        Job job,
        AttemptEnd end,
        boolean chainOver,
        Set<String> dueTypes,
        Duration took,
        @Nullable Throwable error) {

    /** Copies the set and refuses nulls where they are not allowed. */
    public AttemptEnded {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(took, "took");
        dueTypes = Set.copyOf(dueTypes);
    }
}
