package ee.jobqueue.jpa;

import ee.jobqueue.JobId;
import ee.jobqueue.conformance.StoreHarness;
import ee.jobqueue.conformance.Trait;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** What is the same of every SQL store: its tables are changed without its verbs, by statements that commit by themselves. */
abstract class SqlHarness implements StoreHarness {

    private static final List<String> TABLES =
            List.of("jobqueue_job", "jobqueue_blocker", "jobqueue_deduplication", "jobqueue_worker");

    private final String name;
    private final DataSource tables;
    private final Dialect dialect;
    private final TableNames names;

    SqlHarness(String name, DataSource tables, Dialect dialect, TableNames names) {
        this.name = name;
        this.tables = tables;
        this.dialect = dialect;
        this.names = names;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String version() {
        try (Connection connection = tables.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public final void advance(Duration duration) {
        shift(duration, "jobqueue_job", "chain_started_at", "created_at", "scheduled_at", "acquired_at", "ended_at");
        shift(duration, "jobqueue_worker", "started_at", "lease_until");
        shift(duration, "jobqueue_sweep", "next_at");
    }

    private void shift(Duration duration, String table, String... columns) {
        List<String> changes = List.of(columns).stream()
                .map(column -> column + " = " + dialect.plusMillis(column, "-" + duration.toMillis()))
                .toList();
        execute("UPDATE " + table + " SET " + String.join(", ", changes));
    }

    @Override
    public final void missUnblocking(JobId job) {
        execute("UPDATE jobqueue_job SET status = 'BLOCKED', chain_status = NULL, ended_at = NULL WHERE id = '" + job
                + "'");
    }

    @Override
    public final void clear() {
        TABLES.forEach(table -> execute("DELETE FROM " + table));
        execute("UPDATE jobqueue_sweep SET next_at = " + dialect.epoch());
    }

    @Override
    public final Set<Trait> traits() {
        return dialect instanceof Sqlite ? Set.of(Trait.SINGLE_WRITER) : Set.of();
    }

    private void execute(String sql) {
        String renamed = names.in(sql, dialect);
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(renamed);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + renamed, e);
        }
    }
}
