package ee.jobqueue.spi;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.TransactionNotAllowedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The port that a store implements: every verb the engine needs, and nothing else. What people do to chains is in {@link
 * ChainManagement}.
 *
 * <p><b>Transactions.</b> Except for {@link #prepare}, a verb acts in the current transaction of {@link Transactions};
 * the engine sees to it that there is one for every writing verb. A reading verb may be called without.
 *
 * <p><b>Errors.</b> A verb refuses bad input before it writes. Any error of the database becomes a
 * {@link StoreUnavailableException}, transient when the same work may succeed in a new transaction.
 *
 * <p><b>Locks.</b> All verbs take locks in one order: deduplication rows by key, chain rows (first jobs) by id, the last
 * job of a chain, waiting jobs by id. Isolation is READ COMMITTED or stronger; a verb relies on nothing stronger. No
 * verb waits for a row only to skip it.
 *
 * <p><b>Waiting.</b> What a worker does by itself must not hang because another transaction has a row: {@link #acquire},
 * {@link #giveBack}, {@link #register}, {@link #running}, {@link #reap}, {@link #retire} and {@link #sweep} pass over rows that
 * are locked and do the rest, and {@link #renew}, which has one row only, fails as transient. What was passed over is not lost:
 * the next call finds it, or the sweep does. A store in which one transaction writes at a time may wait for that one, for a
 * time that is bounded and over before a lease is.
 *
 * <p><b>Time.</b> The store's clock decides, in milliseconds; no verb takes a server's time, except as the absolute
 * {@link Schedule.At}.
 *
 * <p><b>The chain's row.</b> The first job's row is the chain's row as well. It tells whether and how the chain is over
 * and whether anyone waits for it, and only starting, ending and waiting touch it.
 *
 * <p>Implementations are safe for use by several threads.
 *
 * @since 0.1
 */
public interface JobStore extends ChainManagement {

    /**
     * Makes the store ready: checks what the configuration names, and applies missing migrations, each once, also when
     * several servers start at the same time. Called before any other verb, outside a transaction, and again after it
     * threw.
     *
     * @throws InvalidConfigurationException when the store cannot work as configured; final
     * @throws StoreUnavailableException when the database does not answer; to be tried again
     */
    void prepare();

    /**
     * Refuses to be part of a transaction that the application began, where the store has none that could be. Called before
     * each verb that is to join one. Does nothing in a store that has transactions.
     *
     * @throws TransactionNotAllowedException when what the store writes would stay though the transaction is rolled back
     */
    default void requireJoining() {
        // a store has transactions, as a rule
    }

    /**
     * Whether an error, thrown by this store or by the application's own use of the same database, may vanish when the
     * same work is done in a new transaction: a deadlock, a serialization failure, a write conflict, a time-out of a lock or a
     * statement, or an {@linkplain #isOutage outage}. See {@link ErrorKind}. The error may do anything when it is asked: see
     * {@link Causes}.
     *
     * @param error the error; its causes are looked at
     * @return whether it is transient
     */
    boolean isTransient(Throwable error);

    /**
     * Whether an error, thrown by this store or by the application's own use of the same database, says that the store
     * does not answer: the connection broke, was refused, or could not be had, or a server that was the primary can only be read
     * now. Such an error is transient, but it does not vanish at once, so that the engine tries again less eagerly and for
     * longer than after a conflict. A wrong password, a missing database and a missing permission are no outages: they do not
     * pass by themselves. It may be about another database of the same kind: the engine asks this one before it waits for it.
     * As above, see {@link Causes}.
     *
     * @param error the error; its causes are looked at
     * @return whether the store does not answer; {@code false} from a store that cannot tell
     */
    default boolean isOutage(Throwable error) {
        return false;
    }

    // ---- starting ----

    /**
     * Starts chains, each as its {@link Verdict} says: {@link ee.jobqueue.Status#PENDING}, {@link
     * ee.jobqueue.Status#BLOCKED} while it waits for a blocker, or over at once, with the reason as its last error, when a
     * blocker that has failed or was cancelled ends it; none for a chain whose deduplication key is held.
     *
     * <p>Of two transactions that choose the same id at once, as of two with one key, the second waits for the first, and is
     * refused when that commits. Ids are claimed after the keys and before anything else, by jobs that are not dropped.
     *
     * <p>Locks the deduplication rows in key order, and asks all chains with the keys for scope, window and disregard under the
     * lock, as {@link KeyHolders} says; of two transactions with one key the second waits, or ends in a transient error. Then locks the blockers' chain rows in
     * id order, so that a blocker that ends at this moment either is seen as over here or sees the new waiting job.
     * A chain that is dropped by its key does not have its blockers looked at. Keys within one call count as well: the
     * second of two equal ones finds the first.
     *
     * @param jobs the first jobs
     * @return what became of each, in the same order
     * @throws InvalidBlockerException when a blocker is unknown or of a type that is not allowed
     * @throws DuplicateJobIdException when a chosen id is that of a job in the store, is chosen twice, or was the id of a
     *     chain that was deleted while its job ran: its attempt's token must not fit another job
     * @throws InvalidIdException when the id of a blocker or of a disregarded chain is not of this store's form
     */
    List<Started> start(List<NewJob> jobs);

    // ---- acquiring ----

    /**
     * Gives due jobs to a worker: {@link ee.jobqueue.Status#RUNNING}, attempt + 1. Takes only jobs of the given types,
     * within a type those of a higher priority first, then in the order in which they are due, no type keeping the others
     * from their share. Never waits for a
     * locked row. Calls at the same time never get the same job.
     *
     * @param worker the worker
     * @param types the names of the types
     * @param limit how many jobs at the most
     * @return the jobs, and when the next one is due
     */
    Acquired acquire(WorkerId worker, Set<String> types, int limit);

    // ---- finishing; each fenced by its claim in the statement's own condition ----

    /**
     * Makes sure that an attempt still owns its job until the current transaction ends, by locking the job's row.
     *
     * @param token the attempt
     * @throws LeaseLostException when it does not
     */
    void hold(Token token);

    /**
     * Locks the last job of a chain for a caller from outside: first the chain's row, then the last job, read after the
     * lock.
     *
     * @param chainId the chain
     * @return its last job
     * @throws ChainNotFoundException when there is no such chain
     * @throws InvalidIdException when the id is not of this store's form
     */
    StoredJob lock(ChainId chainId);

    /**
     * Completes a job and its chain; unblocks the jobs whose last blocker that was not settled the chain was, keeping a
     * schedule that lies ahead and turning a past one into now. Resets conflicts.
     *
     * <p>Locks the chain's row, then the job, then the waiting jobs in id order, and looks at their other blockers only
     * under that lock: of two blockers that complete at once the second sees the first.
     *
     * <p>A claim from outside leaves the job without a worker, here and when it continues, so that an attempt whose
     * finish is refused does not take the completion for its own.
     *
     * @param claim the attempt, or the lock
     * @param output the chain's output as JSON; {@code null} for {@link Void}
     * @return what it led to
     * @throws LeaseLostException when the attempt does not own the job
     * @throws AlreadyOverException when the locked job is completed or cancelled
     */
    Finished complete(Claim claim, @Nullable String output);

    /**
     * Completes a job and writes the next one of its chain, which keeps chain, chain type and, unless it has its own, priority, takes the next position, and
     * is what its {@link Verdict} says, as in {@link #start}. When a blocker ends it at once the chain is over, and those who
     * wait for it are resolved as in {@link #fail}.
     *
     * <p>A failed chain that is continued from outside is open again. Its deduplication key is locked before anything is written,
     * and it is refused when another open chain holds that. The chain is locked already: against somebody who locks in order this
     * may end in a transient error.
     *
     * <p>With blockers, locks their chain rows and its own in id order, and those of all chains for which these wait, before it
     * decides that there is no cycle.
     *
     * @param claim the attempt, or the lock
     * @param next the next job; its deduplication is {@code null}
     * @return what it led to
     * @throws LeaseLostException when the attempt does not own the job
     * @throws AlreadyOverException when the locked job is completed or cancelled
     * @throws KeyHeldException when the locked job has failed, and another chain, which is not over, holds the key of its chain
     * @throws InvalidBlockerException when a blocker is unknown, of a type that is not allowed, or waits for this chain
     * @throws InvalidIdException when a blocker's id is not of this store's form
     */
    Finished continueWith(Claim claim, NewJob next);

    /**
     * Puts a job back to run later: {@link ee.jobqueue.Status#PENDING}. Resets conflicts.
     *
     * @param token the attempt
     * @param schedule when it is due
     * @throws LeaseLostException when the attempt does not own the job
     */
    void reschedule(Token token, Schedule schedule);

    /**
     * Puts a job back after a transient error, due at once: {@link ee.jobqueue.Status#PENDING}, conflicts + 1.
     *
     * @param token the attempt
     * @throws LeaseLostException when the attempt does not own the job
     */
    void conflict(Token token);

    /**
     * Records a failed attempt: failures + 1, the error is kept, conflicts are reset. The job becomes
     * {@link ee.jobqueue.Status#PENDING}, or {@link ee.jobqueue.Status#FAILED}, and its chain with it.
     *
     * <p>With a chain that fails, those who wait for it are resolved, as their {@link Verdict} says: they go on waiting, are
     * unblocked as by {@link #complete}, or are over themselves, by no failure that counts and with the reason as their last
     * error; with their chains, for which others may wait, and so on. While the row of an ended chain is locked nobody begins
     * to wait for it. For each level of waiting, locks the rows of the chains that may end in id order, then the waiting jobs
     * in id order, and judges them by what it reads after that. The levels are not known before, so that two transactions
     * that meet in several levels may end in a transient error.
     *
     * @param token the attempt
     * @param error the error, {@linkplain Errors#kept printable} and at most 10,000 characters
     * @param retry when the job runs again; {@code null} when it has failed for good
     * @return what it led to
     * @throws LeaseLostException when the attempt does not own the job
     */
    Finished fail(Token token, String error, @Nullable Schedule retry);

    /**
     * Puts back jobs whose attempts never began, due at once: {@link ee.jobqueue.Status#PENDING}; conflicts stay. Attempts
     * that do not own their job have nothing to give back. Jobs that are locked are passed over: they stay with their attempts,
     * to be given back by another call.
     *
     * @param tokens the attempts
     * @return those of the attempts whose jobs were passed over, so that they still own them; mostly none
     */
    List<Token> giveBack(List<Token> tokens);

    // ---- leases ----

    /**
     * Makes a worker known, with a lease.
     *
     * @param worker what it tells of itself
     * @param lease how long until the lease is over
     * @return its id, new each time
     */
    WorkerId register(NewWorker worker, Duration lease);

    /**
     * Renews the lease of a worker, with one guarded update of its own row; no job is touched. When another transaction has
     * that row it does not wait for long: the error is transient, and the renewal to be tried again.
     *
     * @param worker the worker
     * @param lease how long from now until the lease is over
     * @return whether it was renewed, and whether another worker's lease is over
     */
    Renewal renew(WorkerId worker, Duration lease);

    /**
     * Reads which attempts the store believes to be running under a worker.
     *
     * @param worker the worker
     * @return the attempts
     */
    List<Token> running(WorkerId worker);

    /**
     * Forgets workers whose lease is over, so that they cannot renew it any more, and puts their jobs back:
     * {@link ee.jobqueue.Status#PENDING} and due at once, or {@link ee.jobqueue.Status#FAILED} when the limit is reached;
     * failures + 1, conflicts reset. Those who wait for a chain that fails by it are resolved as in {@link #fail}.
     *
     * <p>Waits for nobody. A worker whose row is locked is left to the next call; a job that is locked, because its attempt is
     * just finishing, or whose chain's row is when the job would fail, is left to the sweep, and so are locked jobs that
     * wait for a chain that fails.
     *
     * @param limits the limits of the types
     * @return the jobs as they stand now, and what became of those who waited
     */
    Reaped reap(AttemptLimits limits);

    /**
     * Forgets a worker that has stopped, unless jobs still run under it, or its row is locked: those are left to its lease.
     *
     * @param worker the worker
     */
    void retire(WorkerId worker);

    /**
     * Mends what crashes or lost messages may have left, if no server did within the interval: resolves jobs that are
     * blocked although their {@link Verdict} says otherwise, and reaps jobs that run under a worker that is not known. Waits
     * for nobody: what is locked is left to the next sweep.
     *
     * @param interval how long a sweep is good for
     * @param limits the limits of the types
     * @return what was found; empty when another server swept
     */
    Optional<Swept> sweep(Duration interval, AttemptLimits limits);

    // ---- reading ----

    /**
     * Reads the last job of a chain.
     *
     * @param id the chain
     * @return its last job; empty when there is no such chain
     * @throws InvalidIdException when the id is not of this store's form
     */
    Optional<StoredJob> chain(ChainId id);

    /**
     * Reads a job.
     *
     * @param id the job
     * @return the job; empty when there is none
     * @throws InvalidIdException when the id is not of this store's form
     */
    Optional<StoredJob> job(JobId id);

    /**
     * Reads the jobs of a chain.
     *
     * @param id the chain
     * @return its jobs in their order; empty when there is no such chain
     * @throws InvalidIdException when the id is not of this store's form
     */
    List<StoredJob> jobs(ChainId id);

    /**
     * Reads the chains for which a job waits, or waited.
     *
     * @param id the job
     * @return those chains, in the declared order
     * @throws InvalidIdException when the id is not of this store's form
     */
    List<StoredBlocker> blockers(JobId id);

    /**
     * Lists chains by their last jobs, ordered by start and id, newest first.
     *
     * @param filter which chains
     * @param page which part; its position is a chain's start and id
     * @return the last jobs
     */
    Page<StoredJob> chains(ChainFilter filter, PageRequest page);

    /**
     * Lists jobs, ordered by creation and id, newest first.
     *
     * @param filter which jobs
     * @param page which part; its position is a job's creation and id
     * @return the jobs
     */
    Page<StoredJob> jobs(JobFilter filter, PageRequest page);

    // ---- asking ----

    /**
     * Counts jobs.
     *
     * @return how many jobs of each type stand at each status, ordered by type, then by status; only where there are any
     */
    List<JobCount> counts();

    /**
     * Reads, for each type of which a job is due, the one that is due longest.
     *
     * @return the jobs, ordered by type
     */
    List<StoredJob> oldestDue();

    /**
     * Reads the workers whose lease is not over.
     *
     * @return the workers, in the order in which they were registered
     */
    List<KnownWorker> workers();

    // ---- deleting ----

    /**
     * Deletes chains with their jobs, their deduplication keys, and the notes for which chains their jobs waited.
     *
     * <p>Locks deduplication rows, chain rows and last jobs in the order of all verbs. Under these locks no chain of the set
     * is continued, and no job begins to wait for one, so that blockers and references are judged there once more.
     *
     * @param chains the chains; at least one
     * @param cascade whether the blockers of all their jobs, and theirs in turn, are deleted as well
     * @param refusals what becomes of named chains that are not there ({@link ChainNotFoundException}), or that, or a blocker of
     *     which that would be deleted along, is a blocker of a job outside of what is left of the set, when that job is
     *     neither {@link ee.jobqueue.Status#COMPLETED} nor {@link ee.jobqueue.Status#CANCELLED} ({@link
     *     Refusals#refuseInUse})
     * @return the last jobs of the deleted chains as they stood, in the order of the chains' ids
     * @throws InvalidIdException when an id is not of this store's form
     */
    List<Job> delete(Set<ChainId> chains, Cascade cascade, Refusals refusals);

    /**
     * The same, all or none.
     *
     * @param chains the chains; at least one
     * @param cascade whether the blockers of all their jobs, and theirs in turn, are deleted as well
     * @return the last jobs of the deleted chains as they stood, in the order of the chains' ids
     * @throws ChainNotFoundException when a named chain is not there
     * @throws BlockerInUseException when a job outside the set that is neither {@link ee.jobqueue.Status#COMPLETED} nor {@link
     *     ee.jobqueue.Status#CANCELLED} has one of the chains as its blocker
     * @throws InvalidIdException when an id is not of this store's form
     */
    default List<Job> delete(Set<ChainId> chains, Cascade cascade) {
        return delete(chains, cascade, Refusals.THROW);
    }

    /**
     * Deletes chains that are over for some time, the oldest first. Passes over chains that are blockers of a job that is
     * neither {@link ee.jobqueue.Status#COMPLETED} nor {@link ee.jobqueue.Status#CANCELLED}, since it may still read their
     * outputs, and over those of which something is locked; it waits for nobody.
     *
     * @param statuses how they ended; each is over
     * @param age for how long they have been over at least
     * @param limit how many chains at the most; a small number keeps the transaction short
     * @return the last jobs of the deleted chains; fewer than the limit when there are no more for now
     */
    List<Job> deleteOver(Set<Status> statuses, Duration age, int limit);
}
