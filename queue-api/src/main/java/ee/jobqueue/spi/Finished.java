package ee.jobqueue.spi;

import java.util.Set;

/**
 * What the finish of a job led to.
 *
 * @param chainOver whether its chain is over by it
 * @param unblockedTypes the names of the types of jobs that became {@link ee.jobqueue.Status#PENDING} by it
 * @since 0.1
 */
public record Finished(boolean chainOver, Set<String> unblockedTypes) {

    /** The chain goes on, nobody was unblocked. */
    public static final Finished CONTINUED = new Finished(false, Set.of());

    /** The chain is over, nobody was unblocked. */
    public static final Finished OVER = new Finished(true, Set.of());

    /**
     * Copies the set.
     *
     * @param chainOver whether its chain is over by it
     * @param unblockedTypes the names of the types of jobs that became {@link ee.jobqueue.Status#PENDING} by it
     */
    public Finished {
        unblockedTypes = Set.copyOf(unblockedTypes);
    }
}
