package ee.jobqueue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is not running, or that it is: what an operator asks first. True when it was read; the job may have moved on.
 * All kinds are immutable.
 *
 * @since 0.1
 */
public sealed interface Explanation {

    /**
     * The job as it was when it was read.
     *
     * @return the job
     */
    Job job();

    /**
     * The job is {@link Status#BLOCKED}.
     *
     * @param job the job
     * @param openBlockers the last jobs of the chains for which it still waits, in the declared order; one that is {@link
     *     Status#FAILED} or {@link Status#CANCELLED} does not complete by itself, and its option is {@link OnFailure#WAIT}
     */
    record WaitsForChains(Job job, List<Job> openBlockers) implements Explanation {

        /**
         * Copies the list.
         *
         * @param job the job
         * @param openBlockers the last jobs of the chains for which it still waits
         */
        public WaitsForChains {
            openBlockers = List.copyOf(openBlockers);
        }
    }

    /**
     * The job is {@link Status#PENDING} and its time lies ahead: as it was started, rescheduled, or by backoff.
     *
     * @param job the job
     */
    record Scheduled(Job job) implements Explanation {

        /**
         * When it becomes due.
         *
         * @return the time
         */
        public Instant until() {
            return job.scheduledAt();
        }
    }

    /**
     * The job is due, and no worker with a lease runs its type: no server is up that has a processor for it and is told
     * to run it.
     *
     * @param job the job
     */
    record NoWorker(Job job) implements Explanation {

        /**
         * What to do, for people.
         *
         * @return a sentence that names the type
         */
        public String advice() {
            return "no live server runs jobs of type '" + job.type() + "': start one that has a processor for it and,"
                    + " where it sets jobqueue.worker.types, names it there; or complete the job from outside";
        }
    }

    /**
     * The job is due, and no worker that runs its type has a free slot.
     *
     * @param job the job
     * @param slots how many slots the workers have that run its type
     */
    record SlotsBusy(Job job, int slots) implements Explanation {}

    /**
     * The job is due and a worker that runs its type has a free slot: it is acquired within a poll interval, unless jobs of
     * its type that are due longer come first.
     *
     * @param job the job
     */
    record Due(Job job) implements Explanation {}

    /**
     * The job is {@link Status#RUNNING}.
     *
     * @param job the job, with its worker and since when it runs
     * @param server the name of the server in which it runs; {@code null} when its worker's lease is over, so that the job
     *     is soon put back
     */
    record Running(Job job, @Nullable String server) implements Explanation {}

    /**
     * The job is {@link Status#COMPLETED}, {@link Status#FAILED} or {@link Status#CANCELLED}.
     *
     * @param job the job, with its last error and the time of its end
     */
    record Over(Job job) implements Explanation {}
}
