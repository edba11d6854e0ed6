package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A server that stops while attempts run, beside another one: none of them is lost, however long the stop takes, and though
 * they and a request have all connections of the application's pool.
 */
class GracefulStopIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int ATTEMPTS = 6;
    private static final int LEASE_SECONDS = 3;
    private static final long GATE = 60_101;
    private static final String HOLDS = "/booking/holds/" + GATE;

    private final Map<String, String> database = ServerDatabase.postgreSql();

    @Test
    void attemptsThatOutliveTheLeaseInAStoppingServerAreNotLost() throws Exception {
        try (Connection gate = connect();
                LibertyProcess stopping = server("stopping");
                LibertyProcess other = server("other")) {
            execute(gate, "SELECT pg_advisory_lock(" + GATE + ")");
            stopping.start(HOLDS);
            assertThat(stopping.send("POST", HOLDS + "?count=" + ATTEMPTS).statusCode())
                    .isEqualTo(200);
            awaitCount(ATTEMPTS, "SELECT COUNT(*) FROM jobqueue_job WHERE status = 'RUNNING'");
            other.start(HOLDS);
            awaitCount(2, "SELECT COUNT(*) FROM jobqueue_worker");

            CompletableFuture<HttpResponse<String>> request = stopping.sendLater("GET", HOLDS + "/end");
            awaitCount(ATTEMPTS + 1, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
            long stoppedAt = count("SELECT extract(epoch FROM statement_timestamp())::bigint");
            stopping.stop();
            awaitCount(
                    1,
                    "SELECT COUNT(*) WHERE extract(epoch FROM statement_timestamp())::bigint > "
                            + (stoppedAt + 3 * LEASE_SECONDS));
            execute(gate, "SELECT pg_advisory_unlock(" + GATE + ")");
            stopping.awaitEnd();
            assertThat(request.join().statusCode()).isEqualTo(200);

            assertThat(count("SELECT COUNT(*) FROM jobqueue_job WHERE status = 'COMPLETED' AND attempt = 1"
                            + " AND failures = 0 AND output LIKE '%WORKER_STOPPING%'"))
                    .as("attempts that ended as they began, told of the stop; see " + stopping)
                    .isEqualTo(ATTEMPTS);
            assertThat(stopping.log()).contains("takes no more tasks").doesNotContain("refused");
        }
    }

    private LibertyProcess server(String name) throws IOException {
        Map<String, String> variables = new HashMap<>(database);
        variables.put("queue.configuration", ServerDatabase.POSTGRESQL.file());
        variables.put("connections", Integer.toString(ATTEMPTS + 1));
        LibertyProcess server =
                new LibertyProcess(Path.of("target", name), Path.of("src", "test", "liberty-own"), variables);
        server.deploy(TestWar.empty(
                        "booking.war",
                        Map.of(
                                "jobqueue.worker.lease",
                                "PT" + LEASE_SECONDS + "S",
                                "jobqueue.jpa.lease-data-source",
                                "jdbc/leases",
                                "jobqueue.worker.renew-interval",
                                "PT1S",
                                "jobqueue.worker.drain-timeout",
                                "PT25S",
                                "jobqueue.worker.concurrency",
                                Integer.toString(ATTEMPTS)))
                .addPackage("ee.jobqueue.jpa.server.stopping"));
        return server;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitCount(long expected, String query) {
        await(query)
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions() // the tables are not there yet
                .until(() -> count(query) == expected);
    }

    private long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                                database.get("postgresql.host"),
                                database.get("postgresql.port"),
                                database.get("postgresql.database")),
                database.get("postgresql.user"),
                database.get("postgresql.password"));
    }
}
