package ee.jobqueue;

/**
 * Runs the jobs of one type, each inside the transaction that finishes it: the processor's own writes, the outcome, the
 * continuation and the unblocking of those who waited commit together or not at all.
 *
 * <p>Implement it in a CDI bean. One bean serves all attempts of its scope at once, so an
 * {@code @ApplicationScoped} processor must be safe for use by several threads; a {@code @Dependent} one lives as long
 * as its attempt. Slow work and remote calls belong in a {@link StagedJobProcessor}: an atomic attempt holds a
 * connection and its locks all along.
 *
 * @param <I> the job type
 * @param <O> what the chain yields
 * @since 0.1
 */
@FunctionalInterface
public interface JobProcessor<I extends ChainStep<O>, O> {

    /**
     * Does the work of one attempt and says how the job goes on.
     *
     * <p>Called inside a JTA transaction that the worker began, under a CDI request context of its own and no caller's
     * identity. The transaction is bounded by the type's timeout.
     *
     * @param input the job's input
     * @param attempt what is known of this attempt; valid until the method returns
     * @return the outcome; {@code null} is a failed attempt
     * @throws Exception when the attempt failed: the transaction is rolled back whole and the job tried again after the
     *     type's backoff, or {@link Status#FAILED} when its attempts are used up
     */
    Outcome<? extends O> execute(I input, Attempt attempt) throws Exception;
}
