package ee.jobqueue.jpa;

import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.ErrorKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** PostgreSQL 13 and newer. */
final class PostgreSql implements Dialect {

    private static final Pattern WAITING = Pattern.compile(
            "IN (\\(SELECT blocker\\.job_id FROM jobqueue_blocker blocker WHERE blocker\\.chain_id = :chain\\))");

    /**
     * Stable within a statement, so that it serves as the bound of an index range, unlike {@code clock_timestamp()}.
     */
    private static final String NOW = "date_trunc('milliseconds', statement_timestamp())";

    /** By the states of its manual, appendix A. */
    private static final ErrorTable ERRORS = ErrorTable.STANDARD
            .with(ErrorKind.TIMEOUT, "55P03", "a lock was not to be had in time")
            .with(ErrorKind.TIMEOUT, "57014", "statement time-out, or cancelled")
            .with(ErrorKind.OUTAGE, "25P03", "idle in a transaction for too long, the connection is closed")
            .with(ErrorKind.OUTAGE, "25P04", "the transaction took too long, the connection is closed")
            .with(ErrorKind.OUTAGE, "53", "no connections, memory or disk space left")
            .with(ErrorKind.OUTAGE, "57P01", "ended by an administrator")
            .with(ErrorKind.OUTAGE, "57P02", "ended by a crash")
            .with(ErrorKind.OUTAGE, "57P03", "starts or stops")
            .with(ErrorKind.OUTAGE, "57P05", "idle for too long, the connection is closed")
            .with(ErrorKind.PERMANENT, "57P04", "the database was dropped");

    /** Identifies the lock of the migrations among a database's advisory locks. */
    private static final long MIGRATION_LOCK = 0x6a6f627175657565L;

    /**
     * Takes due jobs and reads when the next one is due. A bounded range of the index over waiting jobs for each type and
     * priority, which gives the order as well, locked without waiting, from the highest priority downwards until there
     * are enough: one range over all priorities would walk all future jobs of the higher ones. Then the places are dealt
     * to the types in turn. Jobs
     * that are due but locked do not count for the next due time, unless more were due than were asked for.
     */
    static final Sql ACQUIRE = Sql.of("""
            WITH candidate AS MATERIALIZED (
                SELECT due.id, due.scheduled_at,
                    row_number() OVER (
                        PARTITION BY asked.type ORDER BY due.priority DESC, due.scheduled_at, due.id) AS turn
                FROM unnest(CAST(:types AS text[])) AS asked(type)
                CROSS JOIN LATERAL (
                    SELECT first.id, level.priority, first.scheduled_at FROM generate_series(9, 0, -1) AS level(priority)
                    CROSS JOIN LATERAL (
                        SELECT job.id, job.scheduled_at FROM jobqueue_job job
                        WHERE job.status = 'PENDING' AND job.type = asked.type AND job.priority = level.priority
                            AND job.scheduled_at <= {now}
                        ORDER BY job.scheduled_at, job.id
                        LIMIT :limit FOR UPDATE SKIP LOCKED) AS first
                    LIMIT :limit) AS due),
            chosen AS MATERIALIZED (
                SELECT id FROM candidate ORDER BY turn, scheduled_at, id LIMIT :limit),
            acquired AS (
                UPDATE jobqueue_job job
                SET status = 'RUNNING', attempt = attempt + 1, worker = :worker, acquired_at = {now}
                FROM chosen WHERE job.id = chosen.id
                RETURNING job.*),
            next AS (
                SELECT min(waiting.scheduled_at) AS next_due_at FROM unnest(CAST(:types AS text[])) AS asked(type)
                CROSS JOIN generate_series(9, 0, -1) AS level(priority)
                CROSS JOIN LATERAL (
                    SELECT job.scheduled_at FROM jobqueue_job job
                    WHERE job.status = 'PENDING' AND job.type = asked.type AND job.priority = level.priority
                        AND job.scheduled_at > (
                            SELECT CASE WHEN count(*) = :limit THEN '-infinity' ELSE {now} END FROM chosen)
                        AND job.id NOT IN (SELECT id FROM chosen)
                    ORDER BY job.scheduled_at LIMIT 1) AS waiting)
            SELECT acquired.*, {now} AS read_at, next.next_due_at
            FROM next LEFT JOIN acquired ON TRUE
            ORDER BY acquired.priority DESC, acquired.scheduled_at, acquired.id
            """);

    /** Inserts or locks the rows of keys, in the order of the arrays, by primary key; waits for whoever holds one. */
    private static final Sql LOCK_KEYS = Sql.of("""
            INSERT INTO jobqueue_deduplication AS held (chain_type, deduplication_key, chain_id)
            SELECT proposed.chain_type, proposed.deduplication_key, proposed.chain_id
            FROM unnest(CAST(:types AS text[]), CAST(:keys AS text[]), CAST(:chains AS uuid[]))
                WITH ORDINALITY AS proposed(chain_type, deduplication_key, chain_id, place)
            ORDER BY proposed.place
            ON CONFLICT (chain_type, deduplication_key) DO UPDATE SET chain_id = held.chain_id
            RETURNING held.chain_type, held.deduplication_key, held.chain_id
            """);

    @Override
    public String now() {
        return NOW;
    }

    @Override
    public String plusMillis(String time, String millis) {
        return "(%s + CAST(%s AS bigint) * INTERVAL '1 millisecond')".formatted(time, millis);
    }

    @Override
    public String epoch() {
        return "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'";
    }

    /** One statement, with all of it in common table expressions. */
    /**
     * By an array those who wait are found from the chain for which they wait. By a subquery they would be looked for among all
     * that are blocked, as long as the statistics are from when none was.
     */
    @Override
    public String spelled(String text) {
        return WAITING.matcher(text).replaceAll("= ANY(ARRAY$1)");
    }

    @Override
    public Steps steps(Sql sql) {
        String whole = sql.text();
        if (sql.change() != null) {
            whole = "WITH changed AS (%s RETURNING *)\n%s"
                    .formatted(sql.change().strip(), whole.replace("{changed}", "changed"));
        }
        if (sql.lock() != null) {
            whole = whole.replace("{locked}", "ARRAY(" + sql.lock() + ")");
        }
        if (sql.also() != null) {
            whole = "WITH also AS (" + sql.also() + "), " + whole.substring("WITH ".length());
        }
        return Steps.only(whole);
    }

    @Override
    public Acquired acquire(SqlSession session, UUID worker, Set<String> types, int limit) {
        var rows = session.statement(ACQUIRE)
                .set("types", types.toArray(String[]::new))
                .set("worker", worker)
                .set("limit", limit)
                .jobsWith("next_due_at", Instant.class);
        var first = rows.get(0);
        return new Acquired(
                rows.stream()
                        .filter(row -> row.job() != null)
                        .map(ee.jobqueue.jpa.Statement.JobAnd::stored)
                        .toList(),
                first.other() == null ? null : Duration.between(first.readAt(), first.other()));
    }

    @Override
    public Map<Key, UUID> lockKeys(SqlSession session, SortedMap<Key, UUID> proposed) {
        Map<Key, UUID> rows = new HashMap<>();
        for (List<Key> batch : Starting.batches(List.copyOf(proposed.keySet()))) {
            session.statement(LOCK_KEYS)
                    .set("types", batch.stream().map(Key::chainType).toArray(String[]::new))
                    .set("keys", batch.stream().map(Key::key).toArray(String[]::new))
                    .set("chains", batch.stream().map(proposed::get).toArray(UUID[]::new))
                    .tuples(Key.COLUMNS)
                    .forEach(row -> rows.put(Key.of(row), row.get("chain_id", UUID.class)));
        }
        return rows;
    }

    @Override
    public ErrorTable errors() {
        return ERRORS;
    }

    @Override
    public boolean isTableMissing(SQLException error) {
        return "42P01".equals(error.getSQLState());
    }

    @Override
    public TableNames.IndexNames indexNames() {
        return TableNames.IndexNames.QUALIFIED_WHEN_DROPPED;
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public String migrationTable() {
        return """
                CREATE TABLE IF NOT EXISTS jobqueue_migration (
                    name       text NOT NULL PRIMARY KEY,
                    applied_at timestamptz NOT NULL)
                """;
    }

    /** Holds an advisory lock of the session, since each migration is a transaction of its own. */
    @Override
    public void migrate(Connection connection, TableNames tables, Migrating work) throws SQLException {
        execute(connection, "SELECT pg_advisory_lock(" + MIGRATION_LOCK + ")");
        try {
            work.run();
        } finally {
            execute(connection, "SELECT pg_advisory_unlock(" + MIGRATION_LOCK + ")");
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
