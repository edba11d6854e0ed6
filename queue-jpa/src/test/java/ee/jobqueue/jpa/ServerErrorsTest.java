package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ee.jobqueue.spi.ErrorKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What databases and their drivers really say, and what the store takes it for. */
class ServerErrorsTest {

    private static final Dialect POSTGRESQL = new PostgreSql();
    private static final Dialect MARIADB = new MariaDb(MariaDbVariant.NATIVE_IDS);
    private static final Dialect H2 = new H2();
    private static final Dialect SQLITE = new Sqlite();

    /** Work for as long as anybody is patient. */
    private static final String ENDLESS_ON_H2 =
            "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b WHERE MOD(a.x * b.x, 7) = 8";

    @FunctionalInterface
    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private static SQLException refusal(String url, Work work) {
        return catchThrowableOfType(SQLException.class, () -> {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                work.on(statement);
            }
        });
    }

    private static void assertIs(ErrorKind kind, SQLException error, Dialect dialect) {
        assertThat((Throwable) error).as("the database refuses it").isNotNull();
        assertThat(DriverErrors.isOutage(error, dialect))
                .as("%s %s %s is an outage", error.getErrorCode(), error.getSQLState(), error)
                .isEqualTo(kind.isOutage());
        assertThat(DriverErrors.isTransient(error, dialect))
                .as("%s %s %s is transient", error.getErrorCode(), error.getSQLState(), error)
                .isEqualTo(kind.isTransient());
    }

    private static SQLException onPostgreSql(String... statements) {
        return refusal(PostgreSqlServer.url(), statement -> {
            for (String text : statements) {
                statement.execute(text);
            }
        });
    }

    @Test
    void aReadOnlyPostgreSqlIsAnOutage() {
        assertIs(
                ErrorKind.OUTAGE,
                onPostgreSql("SET default_transaction_read_only = on", "CREATE TABLE refused (id int)"),
                POSTGRESQL);
    }

    @Test
    void onPostgreSqlTheTimeOutsOfStatementsLocksAndTransactionsAreTransient() {
        assertIs(ErrorKind.TIMEOUT, onPostgreSql("SET statement_timeout = '10ms'", "SELECT pg_sleep(600)"), POSTGRESQL);
        assertIs(
                ErrorKind.OUTAGE,
                onPostgreSql("BEGIN; SET LOCAL transaction_timeout = '10ms'", "SELECT pg_sleep(600)"),
                POSTGRESQL);
        try (TestDatabase database = TestDatabase.postgreSql()) {
            assertLockIs(
                    ErrorKind.TIMEOUT,
                    database,
                    "SET lock_timeout = '10ms'",
                    "SELECT id FROM held FOR UPDATE",
                    POSTGRESQL);
            assertLockIs(ErrorKind.TIMEOUT, database, "SELECT 1", "SELECT id FROM held FOR UPDATE NOWAIT", POSTGRESQL);
        }
    }

    /** While another transaction has the row. */
    private static void assertLockIs(
            ErrorKind kind, TestDatabase database, String setting, String lock, Dialect dialect) {
        database.execute("CREATE TABLE IF NOT EXISTS held (id int NOT NULL PRIMARY KEY)");
        database.execute("DELETE FROM held");
        database.execute("INSERT INTO held (id) VALUES (1)");
        try (Connection holder = database.dataSource().getConnection();
                Statement held = holder.createStatement()) {
            holder.setAutoCommit(false);
            held.execute("UPDATE held SET id = 1");
            try (Connection other = database.dataSource().getConnection();
                    Statement waiting = other.createStatement()) {
                other.setAutoCommit(false);
                waiting.execute(setting);
                assertIs(kind, catchThrowableOfType(SQLException.class, () -> waiting.execute(lock)), dialect);
                end(other);
            }
            end(holder);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** As the pool gave it. */
    private static void end(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Test
    void onPostgreSqlAWrongPasswordAMissingDatabaseAndAMissingPermissionArePermanent() {
        assertIs(
                ErrorKind.PERMANENT,
                refusal(PostgreSqlServer.url().replaceFirst("/\\w+\\?", "/missing?"), statement -> {}),
                POSTGRESQL);
        assertIs(
                ErrorKind.PERMANENT,
                refusal(PostgreSqlServer.url().replaceFirst("user=\\w+", "user=nobody"), statement -> {}),
                POSTGRESQL);
        assertIs(
                ErrorKind.PERMANENT,
                onPostgreSql("SET ROLE pg_read_all_settings", "SELECT * FROM pg_authid"),
                POSTGRESQL);
    }

    private static SQLException onMariaDb(String... statements) {
        return refusal(MariaDbServer.url(""), statement -> {
            for (String text : statements) {
                statement.execute(text);
            }
        });
    }

    @Test
    void aReadOnlyMariaDbIsAnOutage() {
        assertIs(
                ErrorKind.OUTAGE,
                onMariaDb("START TRANSACTION READ ONLY", "UPDATE mysql.help_topic SET name = name"),
                MARIADB);
    }

    /** The server of the tests knows no users, and says so with the code by which others say that they are read-only. */
    @Test
    void anOptionOfMariaDbThatForbidsAStatementIsTakenForAReadOnlyServer() {
        SQLException error = onMariaDb("CREATE USER nobody");

        assertThat(error.getErrorCode()).isEqualTo(1290);
        assertIs(ErrorKind.OUTAGE, error, MARIADB);
    }

    @Test
    void onMariaDbTheTimeOutsOfStatementsAndLocksAreTransient() {
        try (TestDatabase database = TestDatabase.mariaDb()) {
            assertIs(
                    ErrorKind.TIMEOUT,
                    refusal(database.url() + "&socketTimeout=30000", statement -> {
                        statement.execute("SET max_statement_time = 0.01");
                        statement.execute("SELECT SLEEP(600)");
                    }),
                    MARIADB);
            assertLockIs(
                    ErrorKind.TIMEOUT,
                    database,
                    "SET innodb_lock_wait_timeout = 1",
                    "SELECT id FROM held FOR UPDATE",
                    MARIADB);
            assertLockIs(
                    ErrorKind.TIMEOUT,
                    database,
                    "SET innodb_lock_wait_timeout = 50",
                    "SELECT id FROM held FOR UPDATE NOWAIT",
                    MARIADB);
        }
    }

    @Test
    void onMariaDbAMissingDatabaseAMissingTableAndATooLargePacketArePermanent() {
        assertIs(ErrorKind.PERMANENT, refusal(MariaDbServer.url("missing"), statement -> {}), MARIADB);
        assertIs(ErrorKind.PERMANENT, onMariaDb("SELECT * FROM held"), MARIADB);
        try (TestDatabase database = TestDatabase.mariaDb()) {
            database.execute("CREATE TABLE large (content longtext)");
            assertIs(
                    ErrorKind.PERMANENT,
                    refusal(database.url(), statement -> statement.execute("SELECT * FROM missing")),
                    MARIADB);
            assertIs(
                    ErrorKind.PERMANENT,
                    refusal(
                            database.url() + "&maxAllowedPacket=1000000",
                            statement -> statement.execute(
                                    "INSERT INTO large (content) VALUES ('" + "x".repeat(2_000_000) + "')")),
                    MARIADB);
        }
    }

    @Test
    void onH2TimeOutsAreTransientAndAClosedDatabaseIsAnOutage() {
        assertIs(
                ErrorKind.TIMEOUT,
                refusal("jdbc:h2:mem:", statement -> {
                    statement.execute("SET QUERY_TIMEOUT 10");
                    statement.execute(ENDLESS_ON_H2);
                }),
                H2);
        assertIs(
                ErrorKind.OUTAGE,
                refusal("jdbc:h2:mem:", statement -> {
                    statement.execute("SHUTDOWN");
                    statement.execute("SELECT 1");
                }),
                H2);
        try (TestDatabase database = TestDatabase.h2()) {
            assertLockIs(ErrorKind.TIMEOUT, database, "SET LOCK_TIMEOUT 10", "SELECT id FROM held FOR UPDATE", H2);
            assertLockIs(
                    ErrorKind.TIMEOUT, database, "SET LOCK_TIMEOUT 60000", "SELECT id FROM held FOR UPDATE NOWAIT", H2);
        }
    }

    @Test
    void onH2AWrongPasswordAMissingDatabaseAndAMissingPermissionArePermanent() throws SQLException {
        assertIs(ErrorKind.PERMANENT, refusal("jdbc:h2:./target/h2/missing;IFEXISTS=TRUE", statement -> {}), H2);
        try (Connection owner = DriverManager.getConnection("jdbc:h2:mem:permissions", "owner", "secret");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE hidden (id int)");
            statement.execute("CREATE USER reader PASSWORD 'secret'");
            assertIs(
                    ErrorKind.PERMANENT,
                    refusal("jdbc:h2:mem:permissions;USER=owner;PASSWORD=wrong", reading -> {}),
                    H2);
            assertIs(
                    ErrorKind.PERMANENT,
                    refusal(
                            "jdbc:h2:mem:permissions;USER=reader;PASSWORD=secret",
                            reading -> reading.execute("SELECT * FROM hidden")),
                    H2);
        }
    }

    @Test
    void onSqliteAFileThatIsMissingOrReadOnlyIsPermanent() {
        assertIs(ErrorKind.PERMANENT, refusal("jdbc:sqlite:target/no-such-folder/missing.db", statement -> {}), SQLITE);
        assertIs(
                ErrorKind.PERMANENT,
                refusal(TestDatabase.sqliteFile().getUrl(), statement -> {
                    statement.execute("PRAGMA query_only = on");
                    statement.execute("CREATE TABLE refused (id int)");
                }),
                SQLITE);
    }
}
