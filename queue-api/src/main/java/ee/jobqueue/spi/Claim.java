package ee.jobqueue.spi;

import ee.jobqueue.JobId;

/**
 * By what right a job is finished: by the fence of an attempt, or by the lock of whoever completes it from outside.
 *
 * @since 0.1
 */
public sealed interface Claim permits Token, Locked {

    /**
     * The job that is claimed.
     *
     * @return its id
     */
    JobId jobId();
}
