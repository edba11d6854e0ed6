package ee.jobqueue.jpa;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import ee.jobqueue.Outcome;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.jpa.ClusterJobs.WriteAtomic;
import ee.jobqueue.jpa.ClusterJobs.WriteStaged;
import ee.jobqueue.spi.JobStore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * One server of a {@link Cluster}, with a pool, a store and an engine of its own. The pool drops broken connections, as that
 * of an application server does.
 */
final class ClusterMember implements AutoCloseable {

    private static final int CONCURRENCY = 8;

    /** How many jobs a chain has. */
    static final int LENGTH = 4;

    final LocalTransactions transactions;
    final JobStore store;
    final TestServer server;
    private final HikariDataSource pool;
    private final LocalStore opened;
    private final AtomicInteger runs;

    /** Runs jobs from now on, and counts how often in {@code runs}. */
    ClusterMember(DataSource database, AtomicInteger runs, UnaryOperator<TestServer> settings) {
        this.runs = runs;
        this.pool = pool(database);
        this.opened = new LocalStore(pool);
        this.store = opened.store();
        this.transactions = opened.transactions();
        this.server = settings.apply(new TestServer(store, transactions).concurrency(CONCURRENCY))
                .runs(WriteAtomic.class, (input, attempt) -> {
                    note(attempt.job().id().value());
                    return isLast(input.position())
                            ? Outcome.complete("done")
                            : Outcome.continueWith(new WriteStaged(input.number(), input.position() + 1));
                })
                .runsStaged(
                        WriteStaged.class,
                        (input, attempt) -> Outcome.inTransaction(() -> {
                            note(attempt.job().id().value());
                            return isLast(input.position())
                                    ? Outcome.complete("done")
                                    : Outcome.continueWith(new WriteAtomic(input.number(), input.position() + 1));
                        }))
                .start();
    }

    private static HikariDataSource pool(DataSource database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(CONCURRENCY + 6);
        config.setConnectionTimeout(500);
        return new HikariDataSource(config);
    }

    private static boolean isLast(int position) {
        return position == LENGTH - 1;
    }

    private void note(String job) {
        runs.incrementAndGet();
        insert("ledger", "job", job);
    }

    /** Inserts a row in the current transaction. */
    void insert(String table, String column, Object value) {
        transactions.call(session -> session.createNativeMutationQuery(
                        "INSERT INTO %s (%s) VALUES (:value)".formatted(table, column))
                .setParameter("value", value)
                .executeUpdate());
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            opened.close();
            pool.close();
        }
    }
}
