package ee.jobqueue;

import java.util.Set;

/**
 * Tells that a chain no longer stands where a filter selected it: another change came between the reading of the chain and
 * its lock. The chain was left as it is. Never thrown; it is a reason in a {@link BulkResult}.
 *
 * @since 0.1
 */
public final class StatusChangedException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final JobId jobId;
    private final Status status;

    /**
     * Makes the error.
     *
     * @param jobId the job at which the chain stands
     * @param status where that job stands by now
     * @param selected the statuses that were selected
     */
    public StatusChangedException(JobId jobId, Status status, Set<Status> selected) {
        super("job " + jobId + " is " + status + " by now; selected were chains that are "
                + selected.stream().sorted().toList());
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
     * Where that job stands by now.
     *
     * @return its status
     */
    public Status status() {
        return status;
    }
}
