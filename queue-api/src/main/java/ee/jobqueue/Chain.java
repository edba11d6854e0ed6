package ee.jobqueue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain as it was when it was read. Immutable; times are the store's.
 *
 * @param <O> what the chain yields
 * @param lastJob its last job, whose status is the chain's
 * @param result what a completed chain yielded; {@code null} while it is not completed, and for {@link Void}
 * @param deduplicated whether a start found this chain instead of starting one
 * @since 0.1
 */
public record Chain<O>(Job lastJob, @Nullable O result, boolean deduplicated) {

    /**
     * Refuses a chain without a job.
     *
     * @param lastJob its last job, whose status is the chain's
     * @param result what a completed chain yielded
     * @param deduplicated whether a start found this chain instead of starting one
     */
    public Chain {
        Objects.requireNonNull(lastJob, "lastJob");
    }

    /**
     * Identifies the chain.
     *
     * @return the id of its first job
     */
    public ChainId id() {
        return lastJob.chainId();
    }

    /**
     * The type that started the chain.
     *
     * @return the type's name
     */
    public String type() {
        return lastJob.chainType();
    }

    /**
     * When the chain was started.
     *
     * @return the time at which its first job was written
     */
    public Instant startedAt() {
        return lastJob.chainStartedAt();
    }

    /**
     * Where the chain stands.
     *
     * @return its last job's status
     */
    public Status status() {
        return lastJob.status();
    }

    /**
     * Whether the chain waits for its time.
     *
     * @return whether its last job is pending and scheduled ahead
     */
    public boolean scheduled() {
        return lastJob.scheduled();
    }

    /**
     * When the chain was over.
     *
     * @return the time; empty while it is not over
     */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(lastJob.endedAt());
    }

    /**
     * What the chain yielded.
     *
     * @return its output; empty while it is not completed, and for {@link Void}
     */
    public Optional<O> output() {
        return Optional.ofNullable(result);
    }
}
