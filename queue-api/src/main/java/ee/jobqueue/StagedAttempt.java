package ee.jobqueue;

import java.util.concurrent.Callable;

/**
 * An attempt of a {@link StagedJobProcessor}.
 *
 * @since 0.1
 */
public interface StagedAttempt extends Attempt {

    /**
     * Runs work in a transaction of its own, fenced: it commits only while this attempt still owns the job.
     *
     * @param <T> what the work returns
     * @param work the work; run once
     * @return what the work returned, after the commit
     * @throws LeaseLostException when another attempt owns the job, or this one was told by {@link #cancellation} to stop, for
     *     any reason but that its worker does; nothing was written
     * @throws TransactionNotAllowedException when the calling thread has a transaction already
     * @throws Exception what the work threw, after the rollback
     */
    <T> T prepare(Callable<T> work) throws Exception;
}
