package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What every part of the suite uses: an empty store before each test, and words for what the tests do most. */
interface StoreFixture {

    /** The lease of the workers in these tests. */
    Duration LEASE = Duration.ofSeconds(30);

    /** Long enough for every such lease to be over. */
    Duration LEASE_AND_MORE = Duration.ofSeconds(31);

    /** No limit of failed attempts. */
    AttemptLimits NO_LIMIT = new AttemptLimits(0, Map.of());

    /**
     * What the store brings.
     *
     * @return always the same harness
     */
    StoreHarness harness();

    /** Empties the store. */
    @BeforeEach
    default void emptyTheStore() {
        harness().clear();
    }

    /** The store under test. */
    default JobStore store() {
        return harness().store();
    }

    /** Lets the store's time pass. */
    default void advance(Duration duration) {
        harness().advance(duration);
    }

    /** Runs work in a transaction, and again after a transient error. */
    default <T> T inTransaction(Callable<T> work) {
        try {
            return Redo.inTransaction(store(), harness().transactions(), work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("the transaction failed", e);
        }
    }

    /** Runs work in a transaction, and again after a transient error. */
    default void doInTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    /** Transactions at once. */
    default AtOnce atOnce() {
        return new AtOnce(store(), harness().transactions());
    }

    /** Runs a work while a transaction of another thread stays open after a work of its own. */
    default <T> List<Ending<T>> beside(Callable<T> heldOpen, Callable<T> work) {
        return atOnce().beside(heldOpen, work, has(Trait.SINGLE_WRITER));
    }

    /**
     * Runs a work in a transaction while one of another thread is open that has locked something, and that ends only after the
     * work has; where there is one writer, the work waits for it.
     */
    default <T> T whileHeld(Runnable hold, Callable<T> work) {
        return held(hold, () -> Redo.inTransaction(store(), harness().transactions(), work))
                .committed();
    }

    /** The same, with a work that is tried once; answers how that ended. */
    default <T> Ending<T> triedWhileHeld(Runnable hold, Callable<T> work) {
        return held(hold, () -> harness().transactions().inNew(null, work));
    }

    private <T> Ending<T> held(Runnable hold, Callable<T> work) {
        List<Ending<T>> endings = atOnce().besideOutside(
                        () -> {
                            hold.run();
                            return null;
                        },
                        work,
                        has(Trait.SINGLE_WRITER));
        assertThat(endings.get(0).error()).as("the transaction that held it").isNull();
        return endings.get(1);
    }

    /** Whether the store declares to differ in this. */
    default boolean has(Trait trait) {
        return harness().traits().contains(trait);
    }

    /** Whether a writer finds no row locked by another transaction: it waits for that one's end, or there is no such thing. */
    default boolean waitsForWriters() {
        return has(Trait.SINGLE_WRITER) || has(Trait.NO_TRANSACTIONS);
    }

    /** Asserts that no transaction was repeated, by how often their works were tried; a conflict repeats some. */
    default void assertNoneRepeated(AtomicInteger tries, int transactions) {
        if (has(Trait.CONFLICTS_AT_ONCE)) {
            assertThat(tries).as("transactions").hasValueGreaterThanOrEqualTo(transactions);
        } else {
            assertThat(tries).as("transactions, none of them repeated").hasValue(transactions);
        }
    }

    /** Starts a chain. */
    default StoredJob start(NewJob job) {
        return startAll(List.of(job)).get(0);
    }

    /** Starts a chain that is due at once. */
    default StoredJob start(String type) {
        return start(NewJobs.of(type));
    }

    /** Starts chains; none may be dropped by its key. */
    default List<StoredJob> startAll(List<NewJob> jobs) {
        return inTransaction(() -> store().start(jobs)).stream()
                .map(started -> {
                    assertThat(started.deduplicated()).isFalse();
                    return started.lastJob();
                })
                .toList();
    }

    /** Makes a worker known. */
    default WorkerId worker() {
        return inTransaction(() -> store().register(NewJobs.WORKER, LEASE));
    }

    /** Acquires whatever is due of a type. */
    default List<StoredJob> acquireAll(WorkerId worker, String... types) {
        return inTransaction(() -> store().acquire(worker, Set.of(types), 1_000))
                .jobs();
    }

    /** Acquires the one job of a type that is due, for a new worker. */
    default StoredJob acquireOne(String type) {
        List<StoredJob> acquired = acquireAll(worker(), type);
        assertThat(acquired).as("due jobs of type %s", type).hasSize(1);
        return acquired.get(0);
    }

    /** Starts a chain and acquires its job for a new worker. */
    default StoredJob startAndAcquire(String type) {
        StoredJob started = start(type);
        StoredJob acquired = acquireOne(type);
        assertThat(acquired.job().id()).isEqualTo(started.job().id());
        return acquired;
    }

    /** Completes a job by the right of its attempt. */
    default Finished complete(Token token, @Nullable String output) {
        return inTransaction(() -> store().complete(token, output));
    }

    /** Completes the job at which a chain stands, whoever has it. */
    default Finished completeFromOutside(ChainId chain, @Nullable String output) {
        return inTransaction(() -> {
            StoredJob last = store().lock(chain);
            return store().complete(new Locked(last.job().id()), output);
        });
    }

    /** Reads a job, outside of any transaction. */
    default StoredJob job(JobId id) {
        return store().job(id).orElseThrow(() -> new AssertionError("there is no job " + id));
    }

    /** Reads the last job of a chain, outside of any transaction. */
    default StoredJob chain(ChainId id) {
        return store().chain(id).orElseThrow(() -> new AssertionError("there is no chain " + id));
    }

    /** The id of a chain that the store could have made, but that is not there: its start was rolled back. */
    default ChainId unknownChain() {
        return new ChainId(unknownJob().job().id().value());
    }

    /** A job that is not there: its start was rolled back. */
    default StoredJob unknownJob() {
        return unknownStart(NewJobs.of("rolled-back"));
    }

    /** Starts a chain in a transaction that is rolled back; where there is none, the chain is deleted again. */
    default StoredJob unknownStart(NewJob job) {
        if (has(Trait.NO_TRANSACTIONS)) {
            StoredJob deleted = start(job);
            doInTransaction(() -> store().delete(Set.of(deleted.job().chainId()), Cascade.NONE));
            return deleted;
        }
        AtomicReference<StoredJob> rolledBack = new AtomicReference<>();
        assertThatExceptionOfType(CommitFailedException.class)
                .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                    rolledBack.set(store().start(List.of(job)).get(0).lastJob());
                    harness().transactions().setRollbackOnly();
                    return true;
                }));
        return rolledBack.get();
    }
}
