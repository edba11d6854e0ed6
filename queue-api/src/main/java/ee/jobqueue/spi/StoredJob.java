package ee.jobqueue.spi;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as the store holds it.
 *
 * @param job what the outside sees
 * @param input the input as JSON
 * @param output the output as JSON; {@code null} while the job is not completed, when the chain went on after it, and for
 *     {@link Void}
 * @param conflicts how many attempts in a row ended in a transient store error
 * @param blocked whether the job has blockers, be they completed or not, whose outputs it reads
 * @since 0.1
 */
public record StoredJob(Job job, String input, @Nullable String output, int conflicts, boolean blocked) {

    /**
     * Refuses nulls.
     *
     * @param job what the outside sees
     * @param input the input as JSON
     * @param output the output as JSON
     * @param conflicts how many attempts in a row ended in a transient store error
     * @param blocked whether the job has blockers, be they completed or not, whose outputs it reads
     */
    public StoredJob {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(input, "input");
    }

    /**
     * The fencing token of the attempt that owns the job.
     *
     * @return the token
     * @throws IllegalStateException when the job is not running
     */
    public Token token() {
        if (job.status() != Status.RUNNING || job.worker() == null) {
            throw new IllegalStateException("job " + job.id() + " is " + job.status() + ", no attempt owns it");
        }
        return new Token(job.id(), new WorkerId(job.worker()), job.attempt());
    }
}
