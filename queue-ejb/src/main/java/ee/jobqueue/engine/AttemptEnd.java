package ee.jobqueue.engine;

/**
 * How an attempt ended, as told to listeners.
 *
 * @since 0.1
 */
public enum AttemptEnd {
    /** The job and its chain are completed. */
    COMPLETED,
    /** The job is completed and its chain goes on. */
    CONTINUED,
    /** The processor asked to run again later. */
    RESCHEDULED,
    /** The attempt failed; the job runs again. */
    FAILED,
    /** The attempt failed and the job will not run again. */
    FAILED_FOR_GOOD,
    /** A transient store error; the job runs again at once, no failure is counted. */
    CONFLICT,
    /** The attempt did not own its job any more; nothing of it was kept. */
    ABANDONED
}
