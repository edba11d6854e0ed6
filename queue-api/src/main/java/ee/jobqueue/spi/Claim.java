package ee.jobqueue.spi;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.JobId;
import ee.jobqueue.JobNotFoundException;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.LeaseLostException;
import java.util.Optional;
import java.util.function.Supplier;

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

    /**
     * Why a change by this claim changed nothing.
     *
     * @param job reads how the job stands now; asked for a {@link Locked} one alone
     * @return the lease is lost; or, for a lock, the job is over, or is not there
     */
    default JobQueueException refusal(Supplier<Optional<StoredJob>> job) {
        if (this instanceof Token token) {
            return new LeaseLostException(jobId(), token.attempt());
        }
        return job.get()
                .<JobQueueException>map(
                        stored -> new AlreadyOverException(jobId(), stored.job().status()))
                .orElseGet(() -> new JobNotFoundException(jobId()));
    }
}
