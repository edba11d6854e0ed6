package ee.jobqueue.jpa;

import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.ErrorKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;

/**
 * SQLite 3.42 and newer. One transaction writes at a time, so that there are no rows to lock: where {@link Statements}
 * lock, the transaction holds the lock of the whole database already, or fails with a transient error when it wants to
 * write what it has read before someone else wrote. Ids are texts; times are milliseconds since 1970, as the driver stores
 * them.
 */
final class Sqlite implements Dialect {

    /** The lower byte of a result code is its kind; the rest tells more (sqlite.org/rescode.html). */
    private static final int KIND = 0xff;

    private static final int ERROR = 1;

    private static final ErrorTable ERRORS = ErrorTable.STANDARD
            .masking(KIND)
            .with(
                    ErrorKind.CONFLICT,
                    5,
                    "busy for longer than the busy timeout, or somebody wrote since the first read")
            .with(ErrorKind.CONFLICT, 6, "a table is locked")
            .with(ErrorKind.CONFLICT, 15, "another process was opening or closing it")
            .with(ErrorKind.TIMEOUT, 9, "the statement was cancelled")
            .with(ErrorKind.OUTAGE, 13, "no disk space left")
            .with(ErrorKind.PERMANENT, 3, "no permission for the file")
            .with(ErrorKind.PERMANENT, 8, "the file is read-only")
            .with(ErrorKind.PERMANENT, 14, "the file cannot be opened")
            .with(ErrorKind.PERMANENT, 19, "a constraint is violated");

    private static final Pattern LOCK = Pattern.compile("\\s+FOR UPDATE(?: SKIP LOCKED| NOWAIT)?");
    private static final Pattern UPDATED_ALIAS = Pattern.compile("UPDATE (\\w+) (?!SET\\b)(\\w+)(\\s+SET\\b)");
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\n");

    /** Inserts the rows of keys that are not there, by primary key. The condition parts the select from what follows. */
    private static final Sql INSERT_KEYS = Sql.of("""
            INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)
            SELECT proposed.chain_type, proposed.deduplication_key, proposed.chain_id FROM %s
            WHERE TRUE ON CONFLICT DO NOTHING
            """.formatted(KeyRows.PROPOSED));

    /** Reads keys, by primary key. */
    private static final Sql READ_KEYS = Sql.of("""
            SELECT held.chain_type, held.deduplication_key, held.chain_id FROM %s
            CROSS JOIN jobqueue_deduplication held
                ON held.chain_type = proposed.chain_type AND held.deduplication_key = proposed.deduplication_key
            """.formatted(KeyRows.PROPOSED));

    /** Changes nothing, and takes the lock of the database until the transaction ends. */
    private static final Sql BEGIN_WRITING = Sql.of("UPDATE jobqueue_sweep SET id = id WHERE FALSE");

    /** The same throughout a statement. */
    @Override
    public String now() {
        return "CAST(ROUND(unixepoch('subsec') * 1000) AS INTEGER)";
    }

    @Override
    public String epoch() {
        return "0";
    }

    @Override
    public String plusMillis(String time, String millis) {
        return "(%s + %s)".formatted(time, millis);
    }

    @Override
    public Steps steps(Sql sql) {
        return Stepping.steps(sql);
    }

    @Override
    public boolean hasArrays() {
        return false;
    }

    @Override
    public String spelled(String text) {
        String rewritten = ArrayNotation.rewrite(text, Sqlite::jsonTable)
                .replace("GREATEST(", "MAX(")
                .replace("LEAST(", "MIN(");
        return UPDATED_ALIAS.matcher(LOCK.matcher(rewritten).replaceAll("")).replaceAll("UPDATE $1 AS $2$3");
    }

    private static String jsonTable(String parameter, String alias, List<String> names, List<String> types) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add("json_extract(value, '$[%d]') AS %s".formatted(i, names.get(i)));
        }
        return "(SELECT %s FROM json_each(%s)) AS %s".formatted(String.join(", ", columns), parameter, alias);
    }

    /**
     * So that a verb sees what others wrote before it, and keeps what it has read, as a row lock would. Not left to {@code
     * BEGIN IMMEDIATE}: the driver begins the next transaction as soon as one has ended, and a server's pool would keep the
     * lock with an idle connection.
     */
    @Override
    public void beginWriting(SqlSession session) {
        session.statement(BEGIN_WRITING).update();
    }

    @Override
    public Acquired acquire(SqlSession session, UUID worker, Set<String> types, int limit) {
        return new SteppedAcquiring(session, worker, types, limit).acquire();
    }

    @Override
    public Map<Key, UUID> lockKeys(SqlSession session, SortedMap<Key, UUID> proposed) {
        return new KeyRows(INSERT_KEYS, READ_KEYS).lock(session, proposed);
    }

    @Override
    public ErrorTable errors() {
        return ERRORS;
    }

    /** There is no code of its own for it. */
    @Override
    public boolean isTableMissing(SQLException error) {
        return error.getErrorCode() == ERROR
                && error.getMessage() != null
                && error.getMessage().contains("no such table");
    }

    /** As text, which people can read and the functions for JSON know. */
    @Override
    public Map<String, Object> persistenceProperties() {
        return Map.of(AvailableSettings.PREFERRED_UUID_JDBC_TYPE, "CHAR");
    }

    @Override
    public void requireReaders(DataSource readers, DataSource writer) throws SQLException {
        SqliteReaders.require(readers, writer);
    }

    @Override
    public boolean hasSchemas() {
        return false;
    }

    @Override
    public String folder() {
        return "sqlite";
    }

    /** The driver executes the first statement only. */
    @Override
    public List<String> split(String script) {
        return List.of(END_OF_STATEMENT.split(script));
    }

    @Override
    public String migrationTable() {
        return """
                CREATE TABLE IF NOT EXISTS jobqueue_migration (
                    name       TEXT NOT NULL PRIMARY KEY,
                    applied_at TEXT NOT NULL)
                """;
    }

    /** In one transaction, since DDL takes part in it; it locks out every other writer from its begin. */
    @Override
    public void migrate(Connection connection, TableNames tables, Migrating work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            boolean isDone = false;
            try {
                work.run();
                isDone = true;
            } finally {
                statement.execute(isDone ? "COMMIT" : "ROLLBACK");
            }
        }
    }
}
