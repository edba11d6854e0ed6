package ee.jobqueue;

/**
 * Runs the jobs of one type outside any transaction, for slow work and remote calls; the outcome is committed in a
 * transaction afterwards.
 *
 * <p>The body may run again after a crash or a lost lease, so its effects elsewhere are at least once: pass
 * {@link Attempt#idempotencyKey()} along. While the body runs the worker keeps the lease.
 *
 * <p>Implement it in a CDI bean; the rules for scopes and threads are those of {@link JobProcessor}.
 *
 * @param <I> the job type
 * @param <O> what the chain yields
 * @since 0.1
 */
@FunctionalInterface
public interface StagedJobProcessor<I extends ChainStep<O>, O> {

    /**
     * Does the work of one attempt and says how the job goes on.
     *
     * <p>Called without a transaction. Reads and writes before the slow part go into {@link StagedAttempt#prepare};
     * last writes that must commit with the outcome go into {@link Outcome#inTransaction}.
     *
     * @param input the job's input
     * @param attempt what is known of this attempt; valid until the method returns
     * @return the outcome; {@code null} is a failed attempt
     * @throws Exception when the attempt failed, as for {@link JobProcessor#execute}
     */
    Outcome<? extends O> execute(I input, StagedAttempt attempt) throws Exception;
}
