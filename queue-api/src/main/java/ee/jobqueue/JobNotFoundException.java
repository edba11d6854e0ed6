package ee.jobqueue;

/**
 * Thrown when a job is named that is not in the store.
 *
 * @since 0.1
 */
public final class JobNotFoundException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;

    /**
     * Makes the error.
     *
     * @param jobId the job that was named
     */
    public JobNotFoundException(JobId jobId) {
        super("there is no job " + jobId);
        this.jobId = jobId;
    }

    /**
     * The job that was named.
     *
     * @return the job that was named
     */
    public JobId jobId() {
        return jobId;
    }
}
