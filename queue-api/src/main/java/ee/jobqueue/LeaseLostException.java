package ee.jobqueue;

/**
 * Thrown when an attempt writes though another one owns its job, or the job is over. Its transaction rolls back; nothing of it
 * is kept.
 *
 * @since 0.1
 */
public final class LeaseLostException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;
    private final int attempt;

    /**
     * Makes the error.
     *
     * @param jobId the job
     * @param attempt the number of the attempt that lost its lease
     */
    public LeaseLostException(JobId jobId, int attempt) {
        super("attempt " + attempt + " of job " + jobId + " no longer owns the job");
        this.jobId = jobId;
        this.attempt = attempt;
    }

    /**
     * The job.
     *
     * @return the job
     */
    public JobId jobId() {
        return jobId;
    }

    /**
     * The number of the attempt that lost its lease.
     *
     * @return the number of the attempt that lost its lease
     */
    public int attempt() {
        return attempt;
    }
}
