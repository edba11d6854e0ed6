package ee.jobqueue;

/**
 * Why the work of a running attempt is no longer wanted, and what becomes of it. Of an attempt that was told any of these but
 * {@link #WORKER_STOPPING} nothing commits afterwards: an atomic attempt is rolled back, a staged one's outcome is dropped,
 * {@link Outcome#inTransaction last writes} and {@link StagedAttempt#prepare} included. What it committed before stays.
 *
 * @since 0.1
 */
public enum CancellationReason {
    /**
     * The worker's lease is over, by its own clock or since another worker has seen it; another attempt may be running. The
     * outcome is refused, and neither it nor an error is recorded. The job is put back by a worker that finds the lease over,
     * which counts as one failure, and runs again.
     */
    LEASE_LOST,
    /** The job was completed from outside while the attempt ran. The outcome is refused; that from outside stays. */
    COMPLETED_ELSEWHERE,
    /** The chain was cancelled while the attempt ran. The outcome is refused; the job stays {@link Status#CANCELLED}. */
    CANCELLED,
    /** The job's chain was deleted while the attempt ran. The outcome is refused; there is no job any more. */
    DELETED,
    /**
     * The type's timeout has passed. The outcome is refused; the attempt is recorded as failed with that reason at once, and
     * the next one may run while this one still does.
     */
    TIMED_OUT,
    /**
     * The application or the server stops. The outcome is accepted as ever within the drain time; what takes longer is left
     * to the lease, as if the server had been killed.
     */
    WORKER_STOPPING
}
