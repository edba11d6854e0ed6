package ee.jobqueue.engine;

import ee.jobqueue.Job;
import java.util.List;
import java.util.Set;

/**
 * Is told what happened, after the commit and at most once; never of what was rolled back, except that a failed attempt is
 * told of. What a listener throws, whatever it is, is logged and counted, and reaches nobody else. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
public interface QueueListener {

    /**
     * Chains were started.
     *
     * @param jobs their first jobs
     */
    default void chainsStarted(List<Job> jobs) {}

    /**
     * An attempt ended.
     *
     * @param event which, and how
     */
    default void attemptEnded(AttemptEnded event) {}

    /**
     * A job was completed from outside.
     *
     * @param job the job as it was before
     * @param chainOver whether its chain is over by it; else it goes on
     * @param dueTypes the names of the types of jobs that are due by it, now or later
     */
    default void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {}

    /**
     * Jobs of workers whose lease was over were put back.
     *
     * @param jobs the jobs as they stand now
     */
    default void reaped(List<Job> jobs) {}

    /**
     * Chains were called off.
     *
     * @param lastJobs the jobs at which they stood, as they stand now
     */
    default void chainsCancelled(List<Job> lastJobs) {}

    /**
     * Chains failed or were called off because a chain for which they waited did ({@link ee.jobqueue.OnFailure}), also
     * at once when they were started, continued or retried. Told after what led to it.
     *
     * @param lastJobs the jobs at which they stood, as they stand now: failed or cancelled, with the reason as their last
     *     error
     */
    default void chainsEndedByBlocker(List<Job> lastJobs) {}

    /**
     * Failed chains were opened again.
     *
     * @param lastJobs the jobs at which they stand, as they stand now
     */
    default void chainsRetried(List<Job> lastJobs) {}

    /**
     * Waiting jobs were triggered, rescheduled or given another priority from outside.
     *
     * @param jobs the jobs as they stand now
     */
    default void waitingChanged(List<Job> jobs) {}

    /**
     * Chains were deleted.
     *
     * @param lastJobs their last jobs as they stood; one that was running has an attempt somewhere
     */
    default void chainsDeleted(List<Job> lastJobs) {}

    /**
     * This server's worker has renewed its lease.
     *
     * @param event for what the renewal waited
     */
    default void leaseRenewed(LeaseRenewed event) {}

    /**
     * Something was told to a listener, and the listener failed.
     *
     * @param error what it threw
     */
    default void listenerFailed(Throwable error) {}

    /**
     * Notifications from other servers could not be received. Told of every try; between them the store is polled.
     *
     * @param error why
     */
    default void notifierFailed(Throwable error) {}
}
