package ee.jobqueue.spi;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import java.util.Set;

/**
 * What a server is told of others: where to look, not what is there. Each may be told late, twice, or of what has changed
 * again since; whoever is told reads the store.
 *
 * @param due the names of the types of which a job became {@link ee.jobqueue.Status#PENDING}, or got another schedule or
 *     priority; its schedule may lie ahead
 * @param over chains that are over, or deleted
 * @param lost jobs that were taken from their attempts: cancelled, completed from outside, deleted. May name jobs that did
 *     not run
 * @since 0.1
 */
public record Notifications(Set<String> due, Set<ChainId> over, Set<JobId> lost) {

    /** Nothing happened. */
    public static final Notifications NONE = new Notifications(Set.of(), Set.of(), Set.of());

    /**
     * Copies the sets.
     *
     * @param due the names of the types of which a job became pending
     * @param over chains that are over, or deleted
     * @param lost jobs that were taken from their attempts
     */
    public Notifications {
        due = Set.copyOf(due);
        over = Set.copyOf(over);
        lost = Set.copyOf(lost);
    }

    /**
     * Whether nothing happened.
     *
     * @return true when all sets are empty
     */
    public boolean isEmpty() {
        return due.isEmpty() && over.isEmpty() && lost.isEmpty();
    }
}
