package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How a job goes on after an attempt. Immutable; made by the named constructors.
 *
 * @param <O> what the chain yields
 * @since 0.1
 */
public sealed interface Outcome<O> {

    /**
     * Completes the job and its chain without an output.
     *
     * @return the outcome
     */
    static Outcome<Void> complete() {
        return new Complete<>(null);
    }

    /**
     * Completes the job and its chain.
     *
     * @param <O> what the chain yields
     * @param output the chain's output
     * @return the outcome
     */
    static <O> Outcome<O> complete(O output) {
        return new Complete<>(Objects.requireNonNull(output, "output"));
    }

    /**
     * Completes the job and continues its chain with the next job, due at once.
     *
     * @param <O> what the chain yields
     * @param step the next job's input
     * @return the outcome
     */
    static <O> Outcome<O> continueWith(ChainStep<O> step) {
        return new ContinueWith<>(step, StepOptions.NONE);
    }

    /**
     * Completes the job and continues its chain with the next job.
     *
     * @param <O> what the chain yields
     * @param step the next job's input
     * @param options its schedule and blockers
     * @return the outcome
     */
    static <O> Outcome<O> continueWith(ChainStep<O> step, StepOptions options) {
        return new ContinueWith<>(step, options);
    }

    /**
     * Puts the job back; it runs again at the given time. Counts as no failure.
     *
     * @param <O> what the chain yields
     * @param time when to run again; a past time means now
     * @return the outcome
     */
    static <O> Outcome<O> rescheduleAt(Instant time) {
        return new Reschedule<>(Schedule.at(time));
    }

    /**
     * Puts the job back; it runs again after the given time, measured by the store's clock. Counts as no failure.
     *
     * @param <O> what the chain yields
     * @param delay how long to wait; not negative
     * @return the outcome
     * @throws IllegalArgumentException when the delay is negative
     */
    static <O> Outcome<O> rescheduleAfter(Duration delay) {
        return new Reschedule<>(Schedule.after(delay));
    }

    /**
     * Fails the job for good, whatever attempts it has left. The job and its chain become {@link Status#FAILED} and are
     * kept.
     *
     * @param <O> what the chain yields
     * @param reason why, for people; kept as the job's last error
     * @return the outcome
     */
    static <O> Outcome<O> fail(String reason) {
        return new Fail<>(reason);
    }

    /**
     * Runs last writes in the transaction that finishes the job, after the processor has returned, and goes on with the
     * outcome that they return. When that transaction ends in a transient error it alone is repeated, so the work may run
     * more than once; only one run commits. It is repeated five times at most, and then the error counts as a failure,
     * whichever resource it comes from; while the queue's own store does not answer, it is repeated for as long as the lease
     * holds.
     *
     * @param <O> what the chain yields
     * @param work the last writes; returns the outcome to go on with, never {@code null}
     * @return the outcome
     */
    static <O> Outcome<O> inTransaction(Callable<Outcome<? extends O>> work) {
        return new InTransaction<>(work);
    }

    /**
     * The job and its chain are complete.
     *
     * @param <O> what the chain yields
     * @param output the chain's output; {@code null} when it yields {@link Void}
     */
    record Complete<O>(@Nullable O output) implements Outcome<O> {}

    /**
     * The job is complete and the chain goes on.
     *
     * @param <O> what the chain yields
     * @param step the next job's input
     * @param options its schedule and blockers
     */
    record ContinueWith<O>(ChainStep<O> step, StepOptions options) implements Outcome<O> {
        /**
         * Refuses nulls.
         *
         * @param step the next job's input
         * @param options its schedule and blockers
         */
        public ContinueWith {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(options, "options");
        }
    }

    /**
     * The job runs again later.
     *
     * @param <O> what the chain yields
     * @param schedule when
     */
    record Reschedule<O>(Schedule schedule) implements Outcome<O> {
        /**
         * Refuses nulls.
         *
         * @param schedule when
         */
        public Reschedule {
            Objects.requireNonNull(schedule, "schedule");
        }
    }

    /**
     * The job has failed for good.
     *
     * @param <O> what the chain yields
     * @param reason why
     */
    record Fail<O>(String reason) implements Outcome<O> {
        /**
         * Refuses nulls.
         *
         * @param reason why
         */
        public Fail {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Last writes come first, then their outcome.
     *
     * @param <O> what the chain yields
     * @param work the last writes
     */
    record InTransaction<O>(Callable<Outcome<? extends O>> work) implements Outcome<O> {
        /**
         * Refuses nulls.
         *
         * @param work the last writes
         */
        public InTransaction {
            Objects.requireNonNull(work, "work");
        }
    }
}
