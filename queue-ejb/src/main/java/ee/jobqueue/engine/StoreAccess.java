package ee.jobqueue.engine;

import ee.jobqueue.JobQueueException;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Causes;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Calls the store inside the right transaction, once it is prepared.
 *
 * <p>A store error in a joined transaction marks it for rollback before it reaches the caller: on some servers a caught
 * error would otherwise leave a transaction that commits without the caller's own writes.
 */
final class StoreAccess {

    /** Work with the store that may throw what it likes. */
    @FunctionalInterface
    interface Work<T> {
        T with(JobStore store) throws Exception;
    }

    /** How long the queue's own short transactions may take. */
    private static final Duration OWN_TRANSACTION = Duration.ofSeconds(30);

    /** How often a transaction of its own is tried before a transient error reaches the caller. */
    private static final int TRIES = 6;

    private final JobStore store;
    private final Transactions transactions;
    private volatile boolean prepared;
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean answering = true;

    StoreAccess(JobStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Prepares the store; from then on the other calls go through. */
    void prepare() {
        store.prepare();
        prepared = true;
    }

    boolean isPrepared() {
        return prepared;
    }

    /**
     * Whether the store answered when the worker last asked it. Callers do not count: who hears that the store is down calls
     * no more, and would never hear that it is back.
     */
    boolean isAnswering() {
        return answering;
    }

    /**
     * How often the store has answered the worker so far: renewals, acquires, records. Whoever sees it grow knows that the
     * store answers.
     */
    long answers() {
        return answers.get();
    }

    /** Whether the same work may succeed in a new transaction; false when a foreign error cannot be judged. */
    boolean isTransient(Throwable error) {
        return Causes.is(error, store::isTransient);
    }

    /** Whether the error may mean that the store does not answer; false when a foreign error cannot be judged. */
    boolean isOutage(Throwable error) {
        return Causes.is(error, store::isOutage);
    }

    /**
     * In the caller's transaction, or in one of its own when there is none. That one is repeated after a transient error of
     * the store, since nobody else's work is in it; not when its commit failed, since it may have been committed, and not
     * while the store does not answer.
     */
    <T> T joined(Function<JobStore, T> work) {
        if (!transactions.isActive()) {
            return repeated(work, 1);
        }
        store.requireJoining();
        return reading(work);
    }

    private <T> T repeated(Function<JobStore, T> work, int tries) {
        AtomicBoolean isDone = new AtomicBoolean();
        try {
            return inOwn(s -> {
                T result = work.apply(s);
                isDone.set(true);
                return result;
            });
        } catch (StoreUnavailableException e) {
            if (!e.isTransient() || isOutage(e) || isDone.get() || tries == TRIES || !paused(tries)) {
                throw e;
            }
        }
        return repeated(work, tries + 1);
    }

    /** Waits a moment; answers false when the thread is interrupted. */
    private static boolean paused(int tries) {
        try {
            WorkerParts.pause(Backoff.CONFLICT.delay(tries, ThreadLocalRandom.current()));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In the caller's transaction when there is one; else without. */
    <T> T reading(Function<JobStore, T> work) {
        requirePrepared();
        try {
            return work.apply(store);
        } catch (StoreUnavailableException e) {
            transactions.setRollbackOnly();
            throw e;
        }
    }

    /** In a new, short transaction of the worker; there is none yet. */
    <T> T inNew(Function<JobStore, T> work) {
        try {
            T result = inOwn(work);
            answering = true;
            answers.incrementAndGet();
            return result;
        } catch (StoreUnavailableException e) {
            answering = isTransient(e) && !isOutage(e); // who refuses in favour of another does answer
            throw e;
        }
    }

    private <T> T inOwn(Function<JobStore, T> work) {
        requirePrepared();
        try {
            return transactions.inNew(OWN_TRANSACTION, () -> work.apply(store));
        } catch (JobQueueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw isOutage(e) ? new StoreUnavailableException("no transaction can begin", true, e) : e;
        } catch (CommitFailedException e) {
            throw new StoreUnavailableException("the transaction did not commit", isTransient(e), e);
        } catch (Exception e) {
            throw new IllegalStateException("the work throws no checked exceptions", e);
        }
    }

    /** In the current transaction of an attempt; the work may throw what it likes. */
    <T> T inCurrent(Work<T> work) throws Exception {
        requirePrepared();
        if (!transactions.isActive()) {
            throw new IllegalStateException(
                    "the processor has ended the attempt's transaction; leave that to the queue");
        }
        try {
            return work.with(store);
        } catch (StoreUnavailableException e) {
            transactions.setRollbackOnly();
            throw e;
        }
    }

    private void requirePrepared() {
        if (!prepared) {
            throw new StoreUnavailableException(
                    "the store was not reached yet, see the log", false, new IllegalStateException("not prepared"));
        }
    }
}
