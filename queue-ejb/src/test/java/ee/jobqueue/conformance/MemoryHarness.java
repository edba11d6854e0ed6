package ee.jobqueue.conformance;

import ee.jobqueue.JobId;
import ee.jobqueue.spi.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The in-memory store with its transactions and its clock, for the suite and for tests of what runs on a store. It
 * differs from the contract in nothing. Thread-safe.
 *
 * @since 0.1
 */
public final class MemoryHarness implements StoreHarness {

    private final MemoryTransactions transactions = new MemoryTransactions();
    private final MemoryDatabase database;
    private final MemoryStore store;

    /** An empty store whose time passes by itself, and by {@link #advance}. */
    public MemoryHarness() {
        this(Clock.systemUTC());
    }

    /**
     * An empty store whose time passes as a clock says, and by {@link #advance}.
     *
     * @param clock the clock; one that stands still makes time pass by {@link #advance} alone
     */
    public MemoryHarness(Clock clock) {
        this.database = new MemoryDatabase(transactions, new MemoryClock(clock));
        this.store = new MemoryStore(database);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String version() {
        return "model";
    }

    @Override
    public MemoryStore store() {
        return store;
    }

    @Override
    public MemoryTransactions transactions() {
        return transactions;
    }

    @Override
    public void advance(Duration duration) {
        database.clock.advance(duration);
    }

    @Override
    public void missUnblocking(JobId job) {
        change(job, JobState::blockedAgain);
    }

    /**
     * A notifier on the store's committed changes.
     *
     * @return a new one
     */
    public Notifier notifier() {
        return new MemoryNotifier(database);
    }

    private void change(JobId job, UnaryOperator<JobState> change) {
        try {
            transactions.inNew(null, () -> {
                database.jobs.lock(job.value());
                JobRow row = database.job(job).orElseThrow();
                database.write(row.with(change.apply(row.state())));
                return row;
            });
        } catch (Exception e) {
            throw new IllegalStateException("could not change job " + job, e);
        }
    }

    @Override
    public void clear() {
        database.clear();
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }

    @Override
    public void close() {
        database.clear();
    }
}
