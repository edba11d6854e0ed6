package ee.jobqueue;

/**
 * Thrown when a job is to be triggered or rescheduled that does not wait for its time.
 *
 * @since 0.1
 */
public final class NotTriggerableException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;
    private final Status status;

    /**
     * Makes the error.
     *
     * @param jobId the job
     * @param status where it stands
     */
    public NotTriggerableException(JobId jobId, Status status) {
        super("job " + jobId + " is " + status + "; only a job that is PENDING has a time that can be changed");
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
     * @return its status, never {@link Status#PENDING}
     */
    public Status status() {
        return status;
    }
}
