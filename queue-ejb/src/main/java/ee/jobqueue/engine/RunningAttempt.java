package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainStart;
import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.Status;
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.TypeMismatchException;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An attempt while it runs: what its processor knows of it, and how it is told to stop. */
final class RunningAttempt implements StagedAttempt {

    private final StoredJob stored;
    private final StoreAccess store;
    private final Transactions transactions;
    private final Payloads payloads;
    private final JobTypes types;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile List<StoredJob> blockers = List.of();

    RunningAttempt(StoredJob stored, StoreAccess store, Transactions transactions, Payloads payloads, JobTypes types) {
        this.stored = stored;
        this.store = store;
        this.transactions = transactions;
        this.payloads = payloads;
        this.types = types;
    }

    /** Takes the attempt for whoever runs it, or gives it back unstarted. True once. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /**
     * Reads the outputs for which the job waited. Completed chains do not change any more; one that failed may be retried
     * while the attempt runs, which then goes by what it has read.
     */
    void loadBlockers() {
        if (stored.blocked()) {
            blockers = store.reading(s -> s.blockers(stored.job().id())).stream()
                    .map(StoredBlocker::lastJob)
                    .toList();
        }
    }

    /** Tells the processor that its work is no longer wanted. */
    void cancel(CancellationReason reason) {
        cancellation.say(reason);
    }

    /** Whether the attempt was told that it no longer owns its job. */
    boolean isJobLost() {
        return cancellation.isJobLost();
    }

    /**
     * Does work of the attempt in a new transaction, which commits only while the attempt was not told to stop; that its worker
     * stops does not matter.
     *
     * @throws LeaseLostException when it was told; the transaction is rolled back
     */
    <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception {
        requireWanted();
        AtomicBoolean isCommitting = new AtomicBoolean();
        try {
            return transactions.inNew(timeout, () -> {
                T result = work.call();
                requireWanted(cancellation.beginCommit());
                isCommitting.set(true);
                return result;
            });
        } finally {
            if (isCommitting.get()) {
                cancellation.endCommit();
            }
        }
    }

    /** Spares the writes of an attempt that will not commit. */
    void requireWanted() {
        requireWanted(!cancellation.isRefusing());
    }

    private void requireWanted(boolean isWanted) {
        if (!isWanted) {
            throw new LeaseLostException(job().id(), job().attempt());
        }
    }

    StoredJob stored() {
        return stored;
    }

    Token token() {
        return stored.token();
    }

    @Override
    public Job job() {
        return stored.job();
    }

    @Override
    public List<ChainId> blockers() {
        return blockers.stream().map(blocker -> blocker.job().chainId()).toList();
    }

    @Override
    @SuppressWarnings("unchecked") // the type that started the chain says what it yields
    public <O> O blockerOutput(int index, Class<? extends ChainStart<O>> type) {
        StoredJob blocker = blockers.get(index);
        Job lastJob = blocker.job();
        String expected = types.of(type).name();
        if (!lastJob.chainType().equals(expected)) {
            throw new TypeMismatchException("chain " + lastJob.chainId(), expected, lastJob.chainType());
        }
        if (lastJob.status() != Status.COMPLETED) {
            throw new ChainFailedException(lastJob.chainId(), lastJob.status(), lastJob.lastError());
        }
        return (O) payloads.output(blocker);
    }

    @Override
    public Optional<CancellationReason> cancellation() {
        return cancellation.told();
    }

    @Override
    public <T> T prepare(Callable<T> work) throws Exception {
        if (transactions.isActive()) {
            throw new TransactionNotAllowedException(
                    "prepare", "the thread has a transaction already; call it from the body of a StagedJobProcessor");
        }
        return inNew(null, () -> {
            store.inCurrent(s -> {
                s.hold(token());
                return null;
            });
            return work.call();
        });
    }
}
