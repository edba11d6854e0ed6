package ee.jobqueue;

/**
 * Thrown when a chain is started under an id that is taken: by a job in the store, by another chain of the same call, or by a
 * chain that was deleted while its job ran, whose attempt may still write. Nothing was written.
 *
 * @since 0.1
 */
public final class DuplicateJobIdException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;

    /**
     * Makes the error.
     *
     * @param jobId the id that was chosen
     */
    public DuplicateJobIdException(JobId jobId) {
        super("the id " + jobId + " is taken, choose another one");
        this.jobId = jobId;
    }

    /**
     * The id that was chosen.
     *
     * @return the id that was chosen
     */
    public JobId jobId() {
        return jobId;
    }
}
