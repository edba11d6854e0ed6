package ee.jobqueue.jpa;

import ee.jobqueue.JobId;
import ee.jobqueue.conformance.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The store's tables, as a harness changes them without the store's verbs: by statements that commit by themselves. */
final class StoreTables {

    private static final List<String> TABLES =
            List.of("jobqueue_job", "jobqueue_blocker", "jobqueue_deduplication", "jobqueue_worker");

    private final Dialect dialect;
    private final Consumer<String> statements;

    /**
     * The tables of a database.
     *
     * @param statements executes a statement and commits it
     */
    StoreTables(Dialect dialect, Consumer<String> statements) {
        this.dialect = dialect;
        this.statements = statements;
    }

    /** Shifts every stored time back. */
    void advance(Duration duration) {
        shift(duration, "jobqueue_job", "chain_started_at", "created_at", "scheduled_at", "acquired_at", "ended_at");
        shift(duration, "jobqueue_worker", "started_at", "lease_until");
        shift(duration, "jobqueue_sweep", "next_at");
    }

    private void shift(Duration duration, String table, String... columns) {
        List<String> changes = List.of(columns).stream()
                .map(column -> column + " = " + dialect.plusMillis(column, "-" + duration.toMillis()))
                .toList();
        statements.accept("UPDATE " + table + " SET " + String.join(", ", changes));
    }

    /** Makes a job blocked again. */
    void missUnblocking(JobId job) {
        statements.accept(
                "UPDATE jobqueue_job SET status = 'BLOCKED', chain_status = NULL, ended_at = NULL WHERE id = '" + job
                        + "'");
    }

    /** Empties the tables and lets the sweep be due. */
    void clear() {
        TABLES.forEach(table -> statements.accept("DELETE FROM " + table));
        statements.accept("UPDATE jobqueue_sweep SET next_at = " + dialect.epoch());
    }

    /** In what the database differs. */
    Set<Trait> traits() {
        return dialect instanceof Sqlite ? Set.of(Trait.SINGLE_WRITER) : Set.of();
    }
}
