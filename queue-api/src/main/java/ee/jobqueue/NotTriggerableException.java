package ee.jobqueue;

/**
 * Thrown when a job is to be triggered, rescheduled or given another priority that is not pending.
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
        super("job " + jobId + " is " + status
                + "; only a job that is PENDING can be triggered, rescheduled or given another priority");
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
