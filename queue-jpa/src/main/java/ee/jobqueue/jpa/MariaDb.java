package ee.jobqueue.jpa;

import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.cfg.AvailableSettings;

/**
 * MariaDB 10.6 and newer, and MySQL 8 in the words of {@link MariaDbVariant}. It has neither arrays nor {@code UPDATE … RETURNING}, so that statements take more steps. Times
 * are {@code DATETIME(3)} in UTC, whatever the time zone of the session.
 *
 * <p>InnoDB locks the rows that it reads, not those that match. A locking query that names ids, and a deletion of workers, are
 * therefore told to use the primary key, and a query that names chains their index: on a small table the optimizer would rather
 * read all of it, and wait for rows that are none of its business. And it locks the entry of the index by which it finds a row
 * before the row itself; so an update that names ids is told to use the primary key as well, since it would deadlock with a
 * transaction that has the row and changes that entry.
 */
final class MariaDb implements Dialect {

    private static final int UNKNOWN_TABLE = 1146;

    /** By the codes of the manuals of MariaDB and MySQL, since many have no state of their own. */
    private static final ErrorTable ERRORS = ErrorTable.STANDARD
            .with(ErrorKind.CONFLICT, 1213, "deadlock")
            .with(ErrorKind.CONFLICT, 1020, "the record has changed since it was read")
            .with(ErrorKind.TIMEOUT, 1205, "a lock was not to be had in time")
            .with(ErrorKind.TIMEOUT, 3572, "a lock was not to be waited for")
            .with(ErrorKind.TIMEOUT, 1317, "the statement was cancelled")
            .with(ErrorKind.TIMEOUT, 1969, "statement time-out of MariaDB")
            .with(ErrorKind.TIMEOUT, 3024, "statement time-out of MySQL")
            .with(ErrorKind.OUTAGE, 1290, "it is read-only, as a primary is that was demoted")
            .with(ErrorKind.OUTAGE, 1836, "it is read-only")
            .with(ErrorKind.OUTAGE, 1021, "no disk space left")
            .with(ErrorKind.OUTAGE, 1040, "no connections left")
            .with(ErrorKind.OUTAGE, 1203, "no connections left for the user")
            .with(ErrorKind.OUTAGE, 1226, "a limit of the user is reached")
            .with(ErrorKind.OUTAGE, 1053, "it stops")
            .with(ErrorKind.OUTAGE, 1047, "a node of a cluster is not ready")
            .with(ErrorKind.OUTAGE, 1152, "the connection was aborted")
            .with(ErrorKind.OUTAGE, 1184, "the connection was aborted")
            .with(ErrorKind.OUTAGE, 1927, "the connection was killed")
            .with(ErrorKind.OUTAGE, 4031, "idle for too long, the connection is closed")
            .with(ErrorKind.PERMANENT, 1044, "no permission for the database")
            .with(ErrorKind.PERMANENT, 1045, "user or password is wrong")
            .with(ErrorKind.PERMANENT, 1049, "no such database")
            .with(ErrorKind.PERMANENT, 1130, "the host may not connect")
            .with(ErrorKind.PERMANENT, 1153, "larger than max_allowed_packet")
            .with(ErrorKind.PERMANENT, "HZ000", "the same, as MariaDB's driver says it")
            .with(ErrorKind.PERMANENT, 1698, "user or password is wrong");

    private static final int MIGRATION_WAIT_SECONDS = 300;

    /** The longest name of a lock that MySQL takes. */
    private static final int LONGEST_LOCK_NAME = 64;

    private static final Pattern BY_ID =
            Pattern.compile("(FROM jobqueue_job(?: (?!WHERE)\\w+)?)(\\s+WHERE\\s+(?:\\w+\\.)?id (?:=|IN)\\s)");
    private static final Pattern BY_CHAIN =
            Pattern.compile("(FROM jobqueue_job(?: (?!WHERE)\\w+)?)(\\s+WHERE\\s+(?:\\w+\\.)?chain_id (?:=|IN)\\s)");
    /** Without statistics the table is taken for empty, and read as a whole for each row to which it is joined. */
    private static final Pattern JOIN_BY_CHAIN = Pattern.compile("(JOIN jobqueue_job (\\w+))( ON \\2\\.chain_id = )");

    /** Its syntax takes no index where it names no table. */
    private static final Pattern DELETE_WORKERS = Pattern.compile("DELETE FROM (jobqueue_worker)\\s+WHERE id IN ");

    /** They all name jobs by ids; when they name a status as well, the optimizer takes the index over it at times. */
    private static final Pattern UPDATE_JOBS =
            Pattern.compile("^(\\s*UPDATE jobqueue_job(?: (?!SET\\b)\\w+)?)(?=\\s+SET\\b)");

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\n");

    /** Inserts the rows of keys, or locks them as they are, in the order of the arrays, by primary key. */
    private static final Sql LOCK_KEYS = Sql.of("""
            INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)
            SELECT proposed.chain_type, proposed.deduplication_key, proposed.chain_id FROM %s
            ON DUPLICATE KEY UPDATE chain_id = jobqueue_deduplication.chain_id
            """.formatted(KeyRows.PROPOSED));

    /** Reads locked keys, by primary key. */
    private static final Sql READ_KEYS = Sql.of("""
            SELECT held.chain_type, held.deduplication_key, held.chain_id FROM %s
            STRAIGHT_JOIN jobqueue_deduplication held FORCE INDEX (PRIMARY)
                ON held.chain_type = proposed.chain_type AND held.deduplication_key = proposed.deduplication_key
            """.formatted(KeyRows.PROPOSED));

    /** Gives locked keys to other chains, by primary key; an update over rows of JSON would lock all keys. */
    private static final Sql REPLACE_HOLDERS = Sql.of("""
            INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)
            SELECT proposed.chain_type, proposed.deduplication_key, proposed.chain_id FROM %s
            ON DUPLICATE KEY UPDATE chain_id = VALUES(chain_id)
            """.formatted(KeyRows.PROPOSED));

    /** {@link ResolvingStatements#END}; by a subquery the rows of JSON would be read once for each job. */
    private static final Sql END = Sql.of("""
            UPDATE %s STRAIGHT_JOIN jobqueue_job job FORCE INDEX (PRIMARY) ON job.id = ruled.row_id
            SET %s
            """.formatted(ResolvingStatements.RULED, ResolvingStatements.ENDING_BY_RULE));

    /** {@link DeletionStatements#DELETE_OWN_BLOCKERS}; by a subquery MariaDB 10.11 would read all blockers. */
    private static final Sql DELETE_OWN_BLOCKERS = Sql.of("""
            DELETE blocker FROM jobqueue_job job FORCE INDEX (jobqueue_job_chain)
            STRAIGHT_JOIN jobqueue_blocker blocker FORCE INDEX (PRIMARY) ON blocker.job_id = job.id
            WHERE job.chain_id = ANY(:chains)
            """);

    private final MariaDbVariant variant;

    MariaDb(MariaDbVariant variant) {
        this.variant = variant;
    }

    /** When the statement began. */
    @Override
    public String now() {
        return "UTC_TIMESTAMP(3)";
    }

    @Override
    public String epoch() {
        return "TIMESTAMP'1970-01-01 00:00:00'";
    }

    @Override
    public String plusMillis(String time, String millis) {
        return "(%s + INTERVAL (%s) * 1000 MICROSECOND)".formatted(time, millis);
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
        String joined = JOIN_BY_CHAIN
                .matcher(variant.spelled(ArrayNotation.rewrite(text, this::jsonTable)))
                .replaceAll("$1 FORCE INDEX (jobqueue_job_chain)$3");
        String rewritten = UPDATE_JOBS.matcher(joined).replaceFirst("$1 FORCE INDEX (PRIMARY)");
        if (!rewritten.contains("FOR UPDATE")) {
            return DELETE_WORKERS
                    .matcher(rewritten)
                    .replaceAll("DELETE worker FROM $1 worker FORCE INDEX (PRIMARY) WHERE worker.id IN ");
        }
        String byId = BY_ID.matcher(rewritten).replaceAll("$1 FORCE INDEX (PRIMARY)$2");
        return BY_CHAIN.matcher(byId).replaceAll("$1 FORCE INDEX (jobqueue_job_chain)$2");
    }

    private String jsonTable(String parameter, String alias, List<String> names, List<String> types) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add("%s %s PATH '$[%d]'".formatted(names.get(i), columnType(types.get(i)), i));
        }
        return "JSON_TABLE(%s, '$[*]' COLUMNS (%s)) AS %s".formatted(parameter, String.join(", ", columns), alias);
    }

    /** Texts in the collation of the tables, so that they compare by an index. */
    private String columnType(String type) {
        return switch (type) {
            case "UUID" -> variant.idType();
            case "VARCHAR" -> "LONGTEXT CHARACTER SET utf8mb4 COLLATE " + variant.collation();
            default -> type;
        };
    }

    @Override
    public Acquired acquire(SqlSession session, UUID worker, Set<String> types, int limit) {
        return new SteppedAcquiring(session, worker, types, limit).acquire();
    }

    @Override
    public Map<Key, UUID> lockKeys(SqlSession session, SortedMap<Key, UUID> proposed) {
        return new KeyRows(LOCK_KEYS, READ_KEYS).lock(session, proposed);
    }

    @Override
    public Sql replaceHolders() {
        return REPLACE_HOLDERS;
    }

    @Override
    public Sql end() {
        return END;
    }

    @Override
    public Sql deleteOwnBlockers() {
        return DELETE_OWN_BLOCKERS;
    }

    @Override
    public ErrorTable errors() {
        return ERRORS;
    }

    @Override
    public boolean isTableMissing(SQLException error) {
        return error.getErrorCode() == UNKNOWN_TABLE;
    }

    /** Its schemas are databases, which JDBC calls catalogs. */
    @Override
    public String schemaProperty() {
        return AvailableSettings.DEFAULT_CATALOG;
    }

    @Override
    public String folder() {
        return "mariadb";
    }

    /** The driver takes one statement at a time, unless its URL allows more. */
    @Override
    public List<String> split(String script) {
        return List.of(END_OF_STATEMENT.split(variant.migration(script)));
    }

    @Override
    public boolean saysDone(SQLException error) {
        return variant.saysDone(error);
    }

    /** Texts, where there is no type for ids. */
    @Override
    public Map<String, Object> persistenceProperties() {
        return variant.hasTextIds() ? Map.of(AvailableSettings.PREFERRED_UUID_JDBC_TYPE, "CHAR") : Map.of();
    }

    @Override
    public String migrationTable() {
        return """
                CREATE TABLE IF NOT EXISTS jobqueue_migration (
                    name       VARCHAR(200) NOT NULL PRIMARY KEY,
                    applied_at TIMESTAMP(3) NOT NULL) ENGINE = InnoDB
                    DEFAULT CHARACTER SET utf8mb4 COLLATE %s
                """.formatted(variant.collation());
    }

    /** Holds a lock of the session by the name of the tables' database, since each DDL statement commits by itself. */
    @Override
    public void migrate(Connection connection, TableNames tables, Migrating work) throws SQLException {
        String schema = tables.schema();
        String name = lockName(schema == null ? connection.getCatalog() : schema);
        if (ask(connection, "SELECT GET_LOCK(?, " + MIGRATION_WAIT_SECONDS + ")", name) != 1) {
            throw new SQLTimeoutException("another server still migrates the database");
        }
        try {
            work.run();
        } finally {
            ask(connection, "SELECT RELEASE_LOCK(?)", name);
        }
    }

    private static String lockName(String database) {
        String name = "jobqueue.migrations." + database;
        return name.length() <= LONGEST_LOCK_NAME
                ? name
                : "jobqueue.migrations." + UUID.nameUUIDFromBytes(database.getBytes(StandardCharsets.UTF_8));
    }

    private static int ask(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }
}
