package ee.jobqueue;

/**
 * Thrown when a job is to be changed that is over.
 *
 * @since 0.1
 */
public final class AlreadyOverException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;
    private final Status status;

    /**
     * Makes the error.
     *
     * @param jobId the job
     * @param status where it stands
     */
    public AlreadyOverException(JobId jobId, Status status) {
        super("job " + jobId + " is already " + status);
        this.jobId = jobId;
        this.status = status;
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
     * Where it stands.
     *
     * @return where it stands
     */
    public Status status() {
        return status;
    }
}
