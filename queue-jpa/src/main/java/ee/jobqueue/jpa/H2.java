package ee.jobqueue.jpa;

import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.ErrorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** H2 2.4. */
final class H2 implements Dialect {

    private static final String DUPLICATE_KEY = "23505";

    /** By the states of its class {@code ErrorCode}. */
    private static final ErrorTable ERRORS = ErrorTable.STANDARD
            .with(ErrorKind.CONFLICT, "90131", "the row was changed at the same time")
            .with(ErrorKind.TIMEOUT, "HYT00", "a lock was not to be had in time")
            .with(ErrorKind.TIMEOUT, "57014", "statement time-out, or cancelled")
            .with(ErrorKind.OUTAGE, "90020", "another process has the file open")
            .with(ErrorKind.OUTAGE, "90067", "the connection broke")
            .with(ErrorKind.OUTAGE, "90098", "the database was closed")
            .with(ErrorKind.OUTAGE, "90121", "the database is being closed")
            .with(ErrorKind.PERMANENT, "90013", "no such database")
            .with(ErrorKind.PERMANENT, "90146", "no such database")
            .with(ErrorKind.PERMANENT, "90096", "no permission")
            .with(ErrorKind.PERMANENT, "90097", "the database was opened to be read only");

    /** Locks the row of a key, by primary key. */
    private static final Sql LOCK_KEY = Sql.of("""
            SELECT chain_id FROM jobqueue_deduplication
            WHERE chain_type = :type AND deduplication_key = :key FOR UPDATE
            """);

    private static final String INSERT_KEY =
            "INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id) VALUES (?, ?, ?)";

    /** {@link ResolvingStatements#END}; there is no update from another table. */
    private static final Sql END = Sql.of("""
            MERGE INTO jobqueue_job job USING (SELECT * FROM %s) AS ruled ON job.id = ruled.row_id
            WHEN MATCHED THEN UPDATE SET %s
            """.formatted(ResolvingStatements.RULED, ResolvingStatements.ENDING_BY_RULE));

    @Override
    public String now() {
        return "CAST(:now AS TIMESTAMP(3) WITH TIME ZONE)";
    }

    /**
     * A UUID of version 7 begins with the milliseconds of the server's clock (RFC 9562, section 5.7). CURRENT_TIMESTAMP stands
     * still within a transaction, and the start of a statement is told only by the view over sessions, whose reading fails
     * now and then while other sessions work (an internal NullPointerException, seen with 2.4.240).
     */
    @Override
    public Instant clock(StatelessSession session) {
        UUID now =
                session.createNativeQuery("SELECT RANDOM_UUID(7)", UUID.class).getSingleResult();
        return Instant.ofEpochMilli(now.getMostSignificantBits() >>> 16);
    }

    @Override
    public String plusMillis(String time, String millis) {
        return "DATEADD(MILLISECOND, CAST(%s AS BIGINT), %s)".formatted(millis, time);
    }

    @Override
    public String epoch() {
        return "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'";
    }

    @Override
    public Steps steps(Sql sql) {
        return new Steps(sql.lock(), null, null, withChange(sql), sql.also());
    }

    private static String withChange(Sql sql) {
        if (sql.change() == null) {
            return sql.text();
        }
        String change = sql.change().strip();
        String version = change.startsWith("DELETE") ? "OLD" : "FINAL";
        return sql.text().replace("{changed}", "%s TABLE (%s) AS changed".formatted(version, change));
    }

    /** All columns of the index: without the first ones it sorts all these jobs. */
    @Override
    public String orderOfWaiting() {
        return "status, type, priority, scheduled_at, id";
    }

    @Override
    public Acquired acquire(SqlSession session, UUID worker, Set<String> types, int limit) {
        return new SteppedAcquiring(session, worker, types, limit).acquire();
    }

    @Override
    public Map<Key, UUID> lockKeys(SqlSession session, SortedMap<Key, UUID> proposed) {
        Map<Key, UUID> rows = new HashMap<>();
        proposed.forEach((key, chain) -> rows.put(key, lockKey(session, key, chain)));
        return rows;
    }

    /** Looks before it inserts; each further round another transaction inserted the row first. */
    private static UUID lockKey(SqlSession session, Key key, UUID proposed) {
        while (true) {
            List<UUID> row = session.statement(LOCK_KEY)
                    .set("type", key.chainType())
                    .set("key", key.key())
                    .column("chain_id", UUID.class);
            if (!row.isEmpty()) {
                return row.get(0);
            }
            if (session.hibernate()
                    .doReturningWork(connection -> insertKey(connection, session.named(INSERT_KEY), key, proposed))) {
                return proposed;
            }
        }
    }

    /** Past Hibernate, which would mark the transaction for rollback; in H2 a refused statement leaves no trace. */
    private static boolean insertKey(Connection connection, String text, Key key, UUID chain) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(text)) {
            insert.setString(1, key.chainType());
            insert.setString(2, key.key());
            insert.setObject(3, chain);
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Sql end() {
        return END;
    }

    @Override
    public ErrorTable errors() {
        return ERRORS;
    }

    @Override
    public boolean isTableMissing(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.equals("42S02") || state.equals("42S03") || state.equals("42S04"));
    }

    @Override
    public TableNames.IndexNames indexNames() {
        return TableNames.IndexNames.QUALIFIED;
    }

    @Override
    public String folder() {
        return "h2";
    }

    @Override
    public String migrationTable() {
        return """
                CREATE TABLE IF NOT EXISTS jobqueue_migration (
                    name       VARCHAR NOT NULL PRIMARY KEY,
                    applied_at TIMESTAMP(3) WITH TIME ZONE NOT NULL)
                """;
    }

    /**
     * Locks a string that all applications of this JVM share, whatever their class loaders: an embedded database
     * belongs to one JVM, and its DDL is not safe at once, not even with IF NOT EXISTS ("object already exists", seen
     * with 2.4.240). Several JVMs that share an H2 server may meet that error; their statements may run again.
     */
    @Override
    public void migrate(Connection connection, TableNames tables, Migrating work) throws SQLException {
        synchronized ("ee.jobqueue.jpa.migrations".intern()) {
            work.run();
        }
    }
}
