package ee.jobqueue;

/**
 * Why the work of a running attempt is no longer wanted.
 *
 * @since 0.1
 */
public enum CancellationReason {
    /** The worker's lease is over; another attempt may be running. */
    LEASE_LOST,
    /** The job was completed from outside while the attempt ran. */
    COMPLETED_ELSEWHERE,
    /** The chain was cancelled while the attempt ran. */
    CANCELLED,
    /** The job's chain was deleted while the attempt ran. */
    DELETED,
    /** The type's timeout has passed. */
    TIMED_OUT,
    /** The application or the server stops. The attempt may still finish within the drain time. */
    WORKER_STOPPING
}
