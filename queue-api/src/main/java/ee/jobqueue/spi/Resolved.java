package ee.jobqueue.spi;

import ee.jobqueue.Job;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of those who waited for chains that ended, and in turn of those who waited for them. Neither list has an
 * order; who goes on waiting is in none.
 *
 * @param unblocked jobs that became {@link ee.jobqueue.Status#PENDING}, as they stand now
 * @param ended the last jobs of chains that became {@link ee.jobqueue.Status#FAILED} or {@link
 *     ee.jobqueue.Status#CANCELLED} because of a blocker, as they stand now
 * @since 0.1
 */
public record Resolved(List<Job> unblocked, List<Job> ended) {

    /** Nobody waited, or everybody goes on waiting. */
    public static final Resolved NONE = new Resolved(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param unblocked jobs that became {@link ee.jobqueue.Status#PENDING}
     * @param ended the last jobs of chains that ended because of a blocker
     */
    public Resolved {
        unblocked = List.copyOf(unblocked);
        ended = List.copyOf(ended);
    }

    /**
     * Of jobs that were just written, those that a blocker ended at once.
     *
     * @param written the jobs as they stand now
     * @return nobody unblocked, and of the jobs those that are over
     */
    public static Resolved endedAmong(List<Job> written) {
        return new Resolved(
                List.of(), written.stream().filter(job -> job.status().isOver()).toList());
    }

    /**
     * Of which types the unblocked jobs are.
     *
     * @return the names of the types
     */
    public Set<String> unblockedTypes() {
        return unblocked.stream().map(Job::type).collect(Collectors.toUnmodifiableSet());
    }
}
