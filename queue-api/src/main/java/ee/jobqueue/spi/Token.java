package ee.jobqueue.spi;

import ee.jobqueue.JobId;
import java.util.Objects;

/**
 * The fencing token of an attempt: every write by an attempt is conditional on it, in the statement itself. Since an
 * attempt number is never used twice, an attempt that lost its job can write nothing, ever.
 *
 * @param jobId the job
 * @param worker the worker that acquired it
 * @param attempt the attempt's number
 * @since 0.1
 */
public record Token(JobId jobId, WorkerId worker, int attempt) implements Claim {

    /**
     * Refuses nulls.
     *
     * @param jobId the job
     * @param worker the worker that acquired it
     * @param attempt the attempt's number
     */
    public Token {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(worker, "worker");
    }
}
