package ee.jobqueue;

/**
 * Thrown when a chain is to be retried that has not failed.
 *
 * @since 0.1
 */
public final class NotRetryableException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;
    private final Status status;

    /**
     * Makes the error.
     *
     * @param jobId the job at which the chain stands
     * @param status where that job stands
     */
    public NotRetryableException(JobId jobId, Status status) {
        super("job " + jobId + " is " + status + "; only a job that is FAILED can be retried");
        this.jobId = jobId;
        this.status = status;
    }

    /**
     * The job at which the chain stands.
     *
     * @return the job
     */
    public JobId jobId() {
        return jobId;
    }

    /**
     * Where that job stands.
     *
     * @return its status, never {@link Status#FAILED}
     */
    public Status status() {
        return status;
    }
}
