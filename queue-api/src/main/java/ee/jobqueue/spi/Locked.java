package ee.jobqueue.spi;

import ee.jobqueue.JobId;
import java.util.Objects;

/**
 * The claim of a caller from outside: the last job of a chain that {@link JobStore#lock} locked in the current
 * transaction.
 *
 * @param jobId the locked job
 * @since 0.1
 */
public record Locked(JobId jobId) implements Claim {

    /**
     * Refuses nulls.
     *
     * @param jobId the locked job
     */
    public Locked {
        Objects.requireNonNull(jobId, "jobId");
    }
}
