package ee.jobqueue.spi;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import java.util.List;

/**
 * The verbs of a {@link JobStore} by which people change chains, under the same rules for transactions, errors, locks and
 * time. With a list of chains a verb does all or nothing, unless its {@link Refusals} say otherwise, and one that is named
 * twice counts once. What it changes is judged under the locks of all of them.
 *
 * <p>Implementations are safe for use by several threads.
 *
 * @since 0.1
 */
public interface ChainManagement {

    /**
     * Calls chains off: their last jobs become {@link ee.jobqueue.Status#CANCELLED}, and the chains with them. Resets
     * conflicts; keeps the last error and the worker. Those who wait for such a chain are resolved as in {@link
     * JobStore#fail}; of the named chains none is ended by another.
     *
     * <p>Locks the chains' rows in id order, then their last jobs, read after the lock: of a cancellation and a
     * continuation at once either the continuation is seen and cancelled, or it is refused.
     *
     * @param chains the chains
     * @param refusals what becomes of chains that are not there ({@link ChainNotFoundException}) or whose last job is
     *     completed or cancelled ({@link AlreadyOverException})
     * @return the last jobs of the cancelled chains as they stand now, in the order of the chains, and what became of those
     *     who waited
     * @throws InvalidIdException when an id is not of this store's form
     */
    Cancelled cancel(List<ChainId> chains, Refusals refusals);

    /**
     * The same, all or none.
     *
     * @param chains the chains
     * @return their last jobs as they stand now, in the order of the chains, and what became of those who waited
     * @throws ChainNotFoundException when one is not there
     * @throws InvalidIdException when an id is not of this store's form
     * @throws AlreadyOverException when a last job is completed or cancelled
     */
    default Cancelled cancel(List<ChainId> chains) {
        return cancel(chains, Refusals.THROW);
    }

    /**
     * Opens failed chains again: their last jobs become {@link ee.jobqueue.Status#PENDING} and due at once, or {@link
     * ee.jobqueue.Status#BLOCKED} while they wait for one of their blockers. One of which the {@link Verdict} is that a
     * blocker ends it is over once more, with that reason as its last error; nothing changes for those who wait for it.
     * Judged in the order of the chains: one that is named after its blocker waits for it again.
     * Failures and conflicts are 0, the attempt number stays, so that no token is used twice; so do the last error and the
     * worker. Each chain holds its deduplication key again; of several with one key the first that can be retried does.
     *
     * <p>Locks the rows of their keys in order, and asks under these locks whether any other chain with a key is not over; then
     * the chains' rows and those of their blockers in id order; then the last jobs.
     *
     * @param chains the chains
     * @param refusals what becomes of chains that are not there ({@link ChainNotFoundException}), have not failed ({@link
     *     NotRetryableException}), or whose key another chain holds ({@link KeyHeldException}), which is not over, or is
     *     retried before them in the same call
     * @return the last jobs of the retried chains as they stand now, in the order of the chains
     * @throws InvalidIdException when an id is not of this store's form
     */
    List<StoredJob> retry(List<ChainId> chains, Refusals refusals);

    /**
     * The same, for one chain.
     *
     * @param chain the chain
     * @return its last job as it stands now
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of this store's form
     * @throws NotRetryableException when the last job has not failed
     * @throws KeyHeldException when another chain, which is not over, holds the key
     */
    default StoredJob retry(ChainId chain) {
        return retry(List.of(chain), Refusals.THROW).get(0);
    }

    /**
     * Makes the last jobs of chains due at once; they stay {@link ee.jobqueue.Status#PENDING}. One that is due already
     * stays as it is. Locks as {@link #cancel} does.
     *
     * @param chains the chains
     * @return their last jobs as they stand now, in the order of the chains
     * @throws ChainNotFoundException when one is not there
     * @throws InvalidIdException when an id is not of this store's form
     * @throws NotTriggerableException when a last job is not pending
     */
    List<StoredJob> trigger(List<ChainId> chains);

    /**
     * Gives the last jobs of chains another schedule; they stay {@link ee.jobqueue.Status#PENDING}. Locks as {@link
     * #cancel} does.
     *
     * @param chains the chains
     * @param schedule when the jobs are due
     * @return their last jobs as they stand now, in the order of the chains
     * @throws ChainNotFoundException when one is not there
     * @throws InvalidIdException when an id is not of this store's form
     * @throws NotTriggerableException when a last job is not pending
     */
    List<StoredJob> reschedule(List<ChainId> chains, Schedule schedule);

    /**
     * Gives the last jobs of chains another priority; they stay {@link ee.jobqueue.Status#PENDING}. Locks as {@link
     * #cancel} does.
     *
     * @param chains the chains
     * @param priority from 0 to 9
     * @return their last jobs as they stand now, in the order of the chains
     * @throws ChainNotFoundException when one is not there
     * @throws InvalidIdException when an id is not of this store's form
     * @throws NotTriggerableException when a last job is not pending
     */
    List<StoredJob> prioritize(List<ChainId> chains, int priority);
}
