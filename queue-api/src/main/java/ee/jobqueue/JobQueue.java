package ee.jobqueue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Starts chains, looks at them, completes jobs from outside and manages chains. Inject it.
 *
 * <p><b>Transactions.</b> The methods that write join the caller's JTA transaction: rolled back means that it never happened, anywhere. Without one they run in one of their own. The reading methods see
 * what the caller's transaction has written.
 *
 * <p><b>Errors.</b> Bad input is refused before anything is written and leaves the caller's transaction usable. An error
 * of the store is a {@link StoreUnavailableException} and marks the caller's transaction for rollback, since some
 * databases would otherwise commit it without the caller's own writes.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public interface JobQueue {

    /**
     * Starts a chain: its first job becomes {@link Status#PENDING} when the transaction commits, and due at once.
     *
     * @param <O> what the chain yields
     * @param input the first job's input
     * @return the chain as written
     * @throws InvalidJobTypeException when the input's class is no valid job type of this application
     * @throws InvalidPayloadException when the input violates its constraints or cannot be written as JSON
     * @throws PayloadTooLargeException when the input is larger than the configured limit
     * @throws StoreUnavailableException when the store does not answer
     */
    default <O> Chain<O> start(ChainStart<O> input) {
        return start(input, StartOptions.NONE);
    }

    /**
     * Starts a chain: its first job becomes {@link Status#PENDING}, or {@link Status#BLOCKED} while a blocker is not
     * completed, when the transaction commits. One of which a blocker has failed or was cancelled already is what that
     * blocker's {@link OnFailure} makes of it, at once {@link Status#FAILED} or {@link Status#CANCELLED} if it says so.
     * Starts none when its deduplication key is held.
     *
     * @param <O> what the chain yields
     * @param input the first job's input
     * @param options its schedule, blockers, deduplication and id
     * @return the chain as written, or the chain that holds the key, with {@link Chain#deduplicated()} true
     * @throws InvalidJobTypeException when the input's class is no valid job type of this application
     * @throws InvalidPayloadException when the input violates its constraints or cannot be written as JSON
     * @throws PayloadTooLargeException when the input is larger than the configured limit
     * @throws InvalidBlockerException when a blocker is unknown, named twice, or of a type that is not declared
     * @throws InvalidIdException when the id of a blocker or of a disregarded chain is not of the store's form
     * @throws DuplicateJobIdException when the chosen id is taken, and the chain is not dropped by its deduplication key
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    <O> Chain<O> start(ChainStart<O> input, StartOptions options);

    /**
     * Starts many chains, all or none, in few round trips.
     *
     * @param requests what to start; mixed types are allowed
     * @return the chains in the order of the requests
     * @throws InvalidJobTypeException as {@link #start(ChainStart, StartOptions)}
     * @throws InvalidPayloadException likewise
     * @throws PayloadTooLargeException likewise
     * @throws InvalidBlockerException likewise
     * @throws DuplicateJobIdException likewise, and when an id is chosen twice
     * @throws StoreUnavailableException likewise
     */
    List<Chain<?>> startAll(List<? extends StartRequest<?>> requests);

    /**
     * Completes the job at which a chain stands, without a worker: an approval, a webhook. The job becomes
     * {@link Status#COMPLETED}, and the chain is completed or goes on, when the transaction commits. An attempt that
     * runs meanwhile is told, and its outcome refused.
     *
     * @param <S> the step at which the chain must stand
     * @param <O> what the chain yields
     * @param id the chain
     * @param expectedStep the type of the job at which the chain must stand
     * @param decision reads the job's input and says how the chain goes on: {@link Outcome#complete} or
     *     {@link Outcome#continueWith}; called inside the transaction, once, and again only when that, being one of the
     *     queue's own, is repeated after a transient error of the store
     * @return the chain as written
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     * @throws TypeMismatchException when the chain stands at a job of another type
     * @throws AlreadyOverException when that job is completed or cancelled
     * @throws KeyHeldException when the chain has failed and would go on, and another chain, which is not over, holds its
     *     deduplication key by now
     * @throws InvalidOutcomeException when the decision is {@code null}, or one that needs a worker
     * @throws InvalidPayloadException when the stored input cannot be read, or the new one or the output not be written
     * @throws PayloadTooLargeException when the output or the next input is larger than the configured limit
     * @throws InvalidBlockerException when a blocker of the next step is refused
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    <S extends ChainStep<O>, O> Chain<O> complete(
            ChainId id, Class<S> expectedStep, Function<? super S, ? extends Outcome<? extends O>> decision);

    /**
     * Waits until a chain is completed. Wakes at once when it is completed in this server, and by polling otherwise.
     *
     * @param <O> what the chain yields
     * @param chain the chain, as a start returned it
     * @param timeout how long to wait
     * @return its output; {@code null} only for a chain that yields {@link Void}
     * @throws AwaitTimedOutException when the chain is not over in time
     * @throws ChainFailedException when the chain has failed or was cancelled
     * @throws ChainNotFoundException when there is no such chain
     * @throws TransactionNotAllowedException inside a transaction, which could not see the completion, and inside an
     *     attempt, which would hold a slot that the awaited chain may need
     * @throws InterruptedException when the thread is interrupted
     */
    <O> O await(Chain<O> chain, Duration timeout) throws InterruptedException;

    /**
     * Reads a chain.
     *
     * @param <O> what the chain yields
     * @param id the chain
     * @param type the type that started it
     * @return the chain; empty when there is none
     * @throws InvalidIdException when the id is not of the store's form
     * @throws TypeMismatchException when it was started by another type
     * @throws InvalidPayloadException when its stored output cannot be read
     */
    <O> Optional<Chain<O>> chain(ChainId id, Class<? extends ChainStart<O>> type);

    /**
     * Reads a job.
     *
     * @param id the job
     * @return the job; empty when there is none
     * @throws InvalidIdException when the id is not of the store's form
     */
    Optional<Job> job(JobId id);

    /**
     * Reads the jobs of a chain.
     *
     * @param id the chain
     * @return its jobs in their order
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     */
    List<Job> jobs(ChainId id);

    /**
     * Reads for which chains a job waits, or waited.
     *
     * @param id the job
     * @return the last jobs of those chains, in the declared order
     * @throws InvalidIdException when the id is not of the store's form
     */
    List<Job> blockers(JobId id);

    /**
     * Lists chains by their last jobs, without outputs.
     *
     * @param filter which chains
     * @param page which part of the list
     * @return the last jobs of the chains, newest chain first
     */
    Page<Job> chains(ChainFilter filter, PageRequest page);

    /**
     * Lists jobs.
     *
     * @param filter which jobs
     * @param page which part of the list
     * @return the jobs, newest first
     */
    Page<Job> jobs(JobFilter filter, PageRequest page);

    /**
     * Calls a chain off, see {@link #cancel(List)}.
     *
     * @param id the chain
     * @return the job at which it stood, as it stands now
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     * @throws AlreadyOverException when the chain is completed or cancelled
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    default Job cancel(ChainId id) {
        return cancel(List.of(id)).get(0);
    }

    /**
     * Calls chains off, all or none: the jobs at which they stand become {@link Status#CANCELLED} when the transaction
     * commits. An attempt that runs meanwhile is told with {@link CancellationReason#CANCELLED}, and its outcome refused.
     * What becomes of the jobs that wait for a cancelled chain, their {@link OnFailure} says, in the same transaction. Of a
     * chain that has failed, the failure is done with by it.
     *
     * @param ids the chains; one that is named twice counts once
     * @return the jobs at which they stood, as they stand now, one for each chain in the order of the ids
     * @throws ChainNotFoundException when one is not there; none is cancelled then
     * @throws InvalidIdException when an id is not of the store's form; none is cancelled then
     * @throws AlreadyOverException when one is completed or cancelled; none is cancelled then
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    List<Job> cancel(List<ChainId> ids);

    /**
     * Calls off the chains that a filter selects, as {@link #cancel(List)} does, a page at a time, so that a loop keeps its
     * transactions short. Chains that are completed or cancelled are not selected, whatever the filter says of statuses. A
     * chain that is not, under its lock, where the filter selected it is passed over.
     *
     * @param filter which chains
     * @param page how many at the most, and from where on; begin with {@link PageRequest#first}, go on with {@link
     *     BulkResult#next}
     * @return what was cancelled and what was passed over
     * @throws InvalidIdException when an id of the filter is not of the store's form
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    BulkResult cancel(ChainFilter filter, PageRequest page);

    /**
     * Gives a failed chain a fresh allowance of attempts, see {@link #retry(List)}.
     *
     * @param id the chain
     * @return the job at which it stands, as it stands now
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     * @throws NotRetryableException when the chain has not failed
     * @throws KeyHeldException when another chain, which is not over, holds its deduplication key by now
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    default Job retry(ChainId id) {
        return retry(List.of(id)).get(0);
    }

    /**
     * Gives failed chains a fresh allowance of attempts, all or none: the jobs at which they stand become {@link
     * Status#PENDING} and due at once, or {@link Status#BLOCKED} while one of their blockers is not completed, when the
     * transaction commits. Their failures are 0 again; their attempts are numbered on, and their last errors are kept. The
     * chains are open again and hold their deduplication keys.
     *
     * @param ids the chains; one that is named twice counts once
     * @return the jobs at which they stand, as they stand now, one for each chain in the order of the ids
     * @throws ChainNotFoundException when one is not there; none is retried then
     * @throws InvalidIdException when an id is not of the store's form; none is retried then
     * @throws NotRetryableException when one has not failed; none is retried then
     * @throws KeyHeldException when another chain, which is not over or is one of them, holds the deduplication key of one;
     *     none is retried then
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    List<Job> retry(List<ChainId> ids);

    /**
     * Retries the failed chains that a filter selects, as {@link #retry(List)} does, a page at a time, so that a loop keeps
     * its transactions short. Only failed chains are selected, whatever the filter says of statuses. A chain whose
     * deduplication key is held is passed over; of several with one key the newest is retried. A chain that fails again
     * is not met again by the same loop.
     *
     * @param filter which chains
     * @param page how many at the most, and from where on; begin with {@link PageRequest#first}, go on with {@link
     *     BulkResult#next}
     * @return what was retried and what was passed over
     * @throws InvalidIdException when an id of the filter is not of the store's form
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    BulkResult retry(ChainFilter filter, PageRequest page);

    /**
     * Makes the job at which a chain stands due at once, see {@link #trigger(List)}.
     *
     * @param id the chain
     * @return the job at which it stands, as it stands now
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     * @throws NotTriggerableException when that job is not pending
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    default Job trigger(ChainId id) {
        return trigger(List.of(id)).get(0);
    }

    /**
     * Makes the jobs at which chains stand due at once, all or none, when the transaction commits. They stay {@link
     * Status#PENDING}; one that is due already keeps its place in the line.
     *
     * @param ids the chains; one that is named twice counts once
     * @return the jobs at which they stand, as they stand now, one for each chain in the order of the ids
     * @throws ChainNotFoundException when one is not there; none is triggered then
     * @throws InvalidIdException when an id is not of the store's form; none is triggered then
     * @throws NotTriggerableException when one of those jobs is not pending; none is triggered then
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    List<Job> trigger(List<ChainId> ids);

    /**
     * Gives the job at which a chain stands another schedule, see {@link #reschedule(List, Schedule)}.
     *
     * @param id the chain
     * @param schedule when the job becomes due, counted from now and never earlier
     * @return the job at which it stands, as it stands now
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     * @throws NotTriggerableException when that job is not pending
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    default Job reschedule(ChainId id, Schedule schedule) {
        return reschedule(List.of(id), schedule).get(0);
    }

    /**
     * Gives the jobs at which chains stand another schedule, all or none, when the transaction commits. They stay {@link
     * Status#PENDING}.
     *
     * @param ids the chains; one that is named twice counts once
     * @param schedule when the jobs become due, counted from now and never earlier
     * @return the jobs at which they stand, as they stand now, one for each chain in the order of the ids
     * @throws ChainNotFoundException when one is not there; none is rescheduled then
     * @throws InvalidIdException when an id is not of the store's form; none is rescheduled then
     * @throws NotTriggerableException when one of those jobs is not pending; none is rescheduled then
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    List<Job> reschedule(List<ChainId> ids, Schedule schedule);

    /**
     * Gives the jobs at which chains stand another priority, all or none, when the transaction commits. They stay {@link
     * Status#PENDING}; the jobs that follow them inherit it.
     *
     * @param ids the chains; one that is named twice counts once
     * @param priority from 0 to 9, the higher first within a type
     * @return the jobs at which they stand, as they stand now, one for each chain in the order of the ids
     * @throws IllegalArgumentException when the priority is not from 0 to 9
     * @throws ChainNotFoundException when one is not there; none is changed then
     * @throws InvalidIdException when an id is not of the store's form; none is changed then
     * @throws NotTriggerableException when one of those jobs is not pending; none is changed then
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    List<Job> prioritize(List<ChainId> ids, int priority);

    /**
     * Lists the jobs that a chain blocks, or blocked.
     *
     * @param id the chain
     * @param page which part of the list
     * @return the jobs, newest first; none when there is no such chain
     * @throws InvalidIdException when the id is not of the store's form
     */
    default Page<Job> blockedBy(ChainId id, PageRequest page) {
        return jobs(JobFilter.ALL.blockedBy(id), page);
    }

    /**
     * Counts the jobs in the store. Reads an index entry for each job: made for a page that people look at, not for a
     * tight loop.
     *
     * @return how many jobs of each type stand at each status, by type and status; none where there are none
     * @throws StoreUnavailableException when the store does not answer
     */
    List<JobCount> counts();

    /**
     * Reads, for each type of which a job is due, the one that is due longest: how far the workers are behind.
     *
     * @return a job of each such type, by type
     * @throws StoreUnavailableException when the store does not answer
     */
    List<Job> oldestDue();

    /**
     * Tells why a job is not running, or that it is.
     *
     * @param id the job
     * @return what it waits for
     * @throws JobNotFoundException when there is no such job
     * @throws InvalidIdException when the id is not of the store's form
     * @throws StoreUnavailableException when the store does not answer
     */
    Explanation explain(JobId id);

    /**
     * Deletes chains with all their jobs, all or none: they are gone when the transaction commits, and so are their
     * deduplication keys. A job that runs is deleted as well; its attempt is told ({@link CancellationReason#DELETED}), and
     * its outcome refused. Hence an attempt cannot delete its own chain: its finish would be refused, and all of it rolled
     * back.
     *
     * @param chains the chains; none for nothing
     * @param cascade what is deleted along with them
     * @return the deleted chains
     * @throws ChainNotFoundException when one of them is not there
     * @throws BlockerInUseException when a job of a chain that is not deleted, and that is neither completed nor cancelled,
     *     waits or waited for one of them
     * @throws InvalidIdException when an id is not of the store's form
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    Set<ChainId> delete(Collection<ChainId> chains, Cascade cascade);

    /**
     * Deletes the chains that a filter selects, as {@link #delete(Collection, Cascade)} does, a page at a time, so that a
     * loop keeps its transactions short. A chain is passed over when it, or a blocker that would be deleted along with it,
     * is still needed by a job of a chain that stays; those that are passed over stay. So is one that is not, under its
     * lock, where the filter selected it: a failed chain that was just retried is not deleted as a failed one.
     *
     * @param filter which chains
     * @param cascade what is deleted along with them, whether or not the filter selects it
     * @param page how many at the most, and from where on; begin with {@link PageRequest#first}, go on with {@link
     *     BulkResult#next}. A chain that one of a later page needs is passed over. Pages run from the newest chain to the
     *     oldest, so that this is rare; then repeat the loop
     * @return what was deleted and what was passed over
     * @throws InvalidIdException when an id of the filter is not of the store's form
     * @throws StoreUnavailableException when the store does not answer; transient when the call may be repeated
     */
    BulkResult delete(ChainFilter filter, Cascade cascade, PageRequest page);
}
