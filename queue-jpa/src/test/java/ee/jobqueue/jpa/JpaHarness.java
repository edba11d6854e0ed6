package ee.jobqueue.jpa;

import ee.jobqueue.JobId;
import ee.jobqueue.conformance.StoreHarness;
import ee.jobqueue.conformance.Trait;
import ee.jobqueue.spi.JobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The SQL store in Java SE, on a database of its own.
 *
 * @since 0.1
 */
public final class JpaHarness implements StoreHarness {

    private static final List<String> TABLES =
            List.of("jobqueue_job", "jobqueue_blocker", "jobqueue_deduplication", "jobqueue_worker");

    private final String name;
    private final TestDatabase database;
    private final Dialect dialect;
    private final CountingDataSource counting;
    private final LocalTransactions transactions = new LocalTransactions();
    private final JpaJobStore store;

    private JpaHarness(String name, TestDatabase database, Dialect dialect) {
        this.name = name;
        this.database = database;
        this.dialect = dialect;
        this.counting = new CountingDataSource(database.dataSource());
        this.store = new JpaJobStore(
                new LocalDatabase(counting.dataSource(), transactions), JpaSettings.read(property -> Optional.empty()));
        store.prepare();
    }

    /**
     * On a file of H2.
     *
     * @return the harness
     */
    public static JpaHarness h2() {
        return new JpaHarness("H2", TestDatabase.h2(), new H2());
    }

    /**
     * On PostgreSQL.
     *
     * @return the harness
     */
    public static JpaHarness postgreSql() {
        return new JpaHarness("PostgreSQL", TestDatabase.postgreSql(), new PostgreSql());
    }

    /**
     * On MariaDB.
     *
     * @return the harness
     */
    public static JpaHarness mariaDb() {
        return new JpaHarness("MariaDB", TestDatabase.mariaDb(), new MariaDb());
    }

    /**
     * On a file of SQLite.
     *
     * @return the harness
     */
    public static JpaHarness sqlite() {
        return new JpaHarness("SQLite", TestDatabase.sqlite(), new Sqlite());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public LocalTransactions transactions() {
        return transactions;
    }

    /** Where the store's rows are. */
    TestDatabase database() {
        return database;
    }

    /** The statements of the store since this was last asked. */
    List<String> takeExecuted() {
        return counting.takeExecuted();
    }

    @Override
    public void advance(Duration duration) {
        shift(duration, "jobqueue_job", "chain_started_at", "created_at", "scheduled_at", "acquired_at", "ended_at");
        shift(duration, "jobqueue_worker", "started_at", "lease_until");
        shift(duration, "jobqueue_sweep", "next_at");
    }

    private void shift(Duration duration, String table, String... columns) {
        List<String> changes = List.of(columns).stream()
                .map(column -> column + " = " + dialect.plusMillis(column, "-" + duration.toMillis()))
                .toList();
        database.execute("UPDATE " + table + " SET " + String.join(", ", changes));
    }

    @Override
    public void missUnblocking(JobId job) {
        database.execute("UPDATE jobqueue_job SET status = 'BLOCKED', chain_status = NULL, ended_at = NULL WHERE id = '"
                + job + "'");
    }

    @Override
    public void clear() {
        TABLES.forEach(table -> database.execute("DELETE FROM " + table));
        database.execute("UPDATE jobqueue_sweep SET next_at = " + dialect.epoch());
    }

    @Override
    public Set<Trait> traits() {
        return dialect instanceof Sqlite ? Set.of(Trait.SINGLE_WRITER) : Set.of();
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }
}
