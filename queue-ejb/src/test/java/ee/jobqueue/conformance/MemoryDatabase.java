package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewWorker;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables of the in-memory store, its ids and its clock. Thread-safe. */
final class MemoryDatabase {

    /** Of whom a lease is known, and until when. */
    record Worker(String id, NewWorker told, Instant leaseEndsAt) {}

    /** Under which key a chain was started. */
    record Key(String chainType, String key) implements Comparable<Key> {

        /** The key by which a chosen id is claimed; it sorts after those of all types. */
        static Key ofId(String id) {
            return new Key("~id", id);
        }

        @Override
        public int compareTo(Key other) {
            int byType = chainType.compareTo(other.chainType);
            return byType == 0 ? key.compareTo(other.key) : byType;
        }
    }

    /** Stands in the claim of an id that must not be used again though its chain is gone. */
    static final ChainId NOBODY = new ChainId("nobody");

    final MemoryClock clock;
    final MemoryChanges changes = new MemoryChanges();
    final MemoryTable<String, JobRow> jobs;
    final MemoryTable<String, Worker> workers;
    /** Deduplication keys, which are only locked, and claimed ids with their chains. */
    final MemoryTable<Key, ChainId> keys;

    final MemoryTable<String, Instant> sweeps;

    private final MemoryTransactions transactions;
    private final AtomicLong lastId = new AtomicLong();

    MemoryDatabase(MemoryTransactions transactions, MemoryClock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.jobs = new MemoryTable<>(transactions, changes::add);
        this.workers = new MemoryTable<>(transactions);
        this.keys = new MemoryTable<>(transactions);
        this.sweeps = new MemoryTable<>(transactions);
    }

    /** An id that was never used; their order is that of their making. */
    String newId() {
        return String.format("%012d", lastId.incrementAndGet());
    }

    Optional<JobRow> job(JobId id) {
        return jobs.find(checked(id.value()));
    }

    /** The first job's row. */
    Optional<JobRow> chain(ChainId id) {
        return jobs.find(checked(id.value()));
    }

    Optional<JobRow> lastJob(ChainId id) {
        return reading(() -> chain(id)
                .filter(first -> first.position() == 0)
                .flatMap(first -> jobs.find(first.lastJob().value())));
    }

    /** Reads several rows as one statement does: nothing is committed in between. */
    <T> T reading(Supplier<T> statement) {
        synchronized (transactions) {
            return statement.get();
        }
    }

    /** How a chain ended; {@code null} while it is open. */
    @Nullable Status end(ChainId id) {
        return lastJob(id)
                .map(job -> job.state().status())
                .filter(Status::isOver)
                .orElse(null);
    }

    void write(JobRow row) {
        jobs.write(row.id().value(), row);
    }

    void clear() {
        jobs.clear();
        workers.clear();
        keys.clear();
        sweeps.clear();
    }

    private static String checked(String id) {
        if (!id.matches("[0-9]{12}") && !id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new InvalidIdException(id, "an id of the in-memory store has twelve digits, or is a chosen UUID");
        }
        return id;
    }
}
