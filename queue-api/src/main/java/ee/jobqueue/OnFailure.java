package ee.jobqueue;

/**
 * What becomes of a job that waits for a chain when that chain does not complete: when it is {@link Status#FAILED} or
 * {@link Status#CANCELLED}. Each {@link Blocker} of a job says it for itself. When several of them ended so, the first
 * in the declared order that says {@link #FAIL} or {@link #CANCEL} decides.
 *
 * @since 0.1
 */
public enum OnFailure {
    /**
     * The job goes on waiting, and says for whom ({@link JobQueue#explain}). It proceeds when the chain is retried and
     * completes, or is completed from outside.
     */
    WAIT,
    /**
     * The chain counts as settled, as a completed one does: the job becomes {@link Status#PENDING} when each of its
     * blockers is. To ask for the chain's output then raises a {@link ChainFailedException}.
     */
    RUN,
    /**
     * The job and its chain become {@link Status#FAILED}, in the transaction in which the blocker ended. No failure is
     * counted; the last error names the blocker.
     */
    FAIL,
    /**
     * The job and its chain become {@link Status#CANCELLED}, in the transaction in which the blocker ended. The last
     * error names the blocker.
     */
    CANCEL
}
