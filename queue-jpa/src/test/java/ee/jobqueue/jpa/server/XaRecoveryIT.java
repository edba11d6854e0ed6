package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.jpa.server.xa.HaltingDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With an XA data source a chain commits together with a second resource, here a database of its own: also when the server
 * is killed between prepare and commit.
 */
class XaRecoveryIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String READY = "/booking/bookings/none";

    private static final Map<String, String> QUEUE = ServerDatabase.postgreSql();
    private static final Map<String, String> STOCK = ServerDatabase.postgreSql();

    private static LibertyProcess server;

    @BeforeAll
    static void prepareTheServer() throws Exception {
        assertThat(count(QUEUE, "SELECT current_setting('max_prepared_transactions')::bigint"))
                .as("max_prepared_transactions of the PostgreSQL server")
                .isGreaterThanOrEqualTo(2);
        execute(STOCK, "CREATE TABLE taken (name text NOT NULL)");
        Map<String, String> variables = new HashMap<>(QUEUE);
        variables.put("queue.configuration", ServerDatabase.POSTGRESQL_XA.file());
        variables.put("stock.url", address(STOCK));
        server = new LibertyProcess(Path.of("target", "xa"), Path.of("src", "test", "liberty-xa"), variables);
        ShrinkWrap.create(JavaArchive.class)
                .addPackage(HaltingDataSource.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(server.folder("halting").resolve("halting.jar").toFile());
        server.deploy(TestWar.booking().addPackage(HaltingDataSource.class.getPackage()));
    }

    @BeforeEach
    void startTheServer() throws IOException {
        server.start(READY);
    }

    @AfterAll
    static void endTheServer() {
        server.close();
    }

    @Test
    void aChainCommitsTogetherWithTheSecondResource() throws Exception {
        assertThat(server.send("POST", "/booking/stock/ada?end=commit").statusCode())
                .isEqualTo(200);

        assertOnce("ada");
    }

    @Test
    void aChainRollsBackTogetherWithTheSecondResource() throws Exception {
        assertThat(server.send("POST", "/booking/stock/bob?end=rollback").statusCode())
                .isEqualTo(400);

        assertNever("bob");
    }

    @Test
    void aServerKilledBetweenPrepareAndCommitCommitsBothWhenItIsBack() throws Exception {
        killIn("/booking/stock/cleo?end=halt-before-commit");
        assertThat(inDoubt()).as("both are prepared, and neither is committed").isEqualTo(2);
        assertThat(count(QUEUE, "SELECT COUNT(*) FROM jobqueue_job WHERE input LIKE '%cleo%'"))
                .isZero();

        server.start(READY);

        assertOnce("cleo");
    }

    @Test
    void aServerKilledBeforeAllArePreparedRollsBackBothWhenItIsBack() throws Exception {
        killIn("/booking/stock/dan?end=halt-before-prepare");
        assertThat(inDoubt()).as("the queue's is prepared, the other is not").isEqualTo(1);

        server.start(READY);

        assertNever("dan");
    }

    /** The request gets no answer. */
    private static void killIn(String path) throws InterruptedException {
        try {
            throw new AssertionError("the server lives: " + server.send("POST", path));
        } catch (IOException killed) {
            server.awaitEnd();
        }
    }

    private static void assertOnce(String name) {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(inDoubt()).isZero();
            assertThat(count(QUEUE, entries(name, "confirmed"))).isEqualTo(1);
        });
        assertThat(count(QUEUE, chains(name))).isEqualTo(1);
        assertThat(count(QUEUE, entries(name, "booked"))).isEqualTo(1);
        assertThat(count(STOCK, taken(name))).isEqualTo(1);
    }

    private static void assertNever(String name) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(inDoubt()).isZero());
        assertThat(count(QUEUE, chains(name))).isZero();
        assertThat(count(STOCK, taken(name))).isZero();
    }

    private static String chains(String name) {
        return "SELECT COUNT(*) FROM jobqueue_job WHERE type = 'book' AND input LIKE '%" + name + "%'";
    }

    private static String entries(String name, String entry) {
        return "SELECT COUNT(*) FROM ledger WHERE name = '" + name + "' AND entry = '" + entry + "'";
    }

    private static String taken(String name) {
        return "SELECT COUNT(*) FROM taken WHERE name = '" + name + "'";
    }

    /** How many transactions are prepared and not ended, in both databases. */
    private static long inDoubt() {
        return count(
                QUEUE,
                "SELECT COUNT(*) FROM pg_prepared_xacts WHERE database IN ('%s', '%s')"
                        .formatted(QUEUE.get("postgresql.database"), STOCK.get("postgresql.database")));
    }

    private static long count(Map<String, String> database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("could not ask " + query, e);
        }
    }

    private static void execute(Map<String, String> database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Map<String, String> database) throws SQLException {
        return DriverManager.getConnection(
                address(database), database.get("postgresql.user"), database.get("postgresql.password"));
    }

    private static String address(Map<String, String> database) {
        return "jdbc:postgresql://%s:%s/%s"
                .formatted(
                        database.get("postgresql.host"),
                        database.get("postgresql.port"),
                        database.get("postgresql.database"));
    }
}
