package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.conformance.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An output that MariaDB refuses for good: it ends the connection that sends more than a packet, so that the error looks like
 * an outage.
 */
class OversizedOutputTest {

    private static final int PACKET = 1 << 20;

    private final TestDatabase database = TestDatabase.mariaDb();
    private final LocalTransactions transactions = new LocalTransactions();
    private long packetBefore;
    private HikariDataSource pool;
    private JpaJobStore store;

    @BeforeEach
    void openWithSmallPackets() throws SQLException {
        packetBefore = setPacket(PACKET);
        HikariConfig config = new HikariConfig();
        config.setDataSource(MariaDbServer.dataSource(database.url().replaceFirst("^.*/([^/?]+)\\?.*$", "$1")));
        pool = new HikariDataSource(config); // drops broken connections, as that of an application server does
        store = new JpaJobStore(new LocalDatabase(pool, transactions), JpaSettings.read(property -> Optional.empty()));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        pool.close();
        setPacket(packetBefore);
        database.close();
    }

    @Test
    void theFinishOfAStagedAttemptIsRepeatedFiveTimesAtMost() {
        AtomicInteger finishes = new AtomicInteger();
        try (TestServer server = server().runsStaged(
                        Work.class,
                        (input, attempt) -> Outcome.inTransaction(() -> {
                            finishes.incrementAndGet();
                            return oversized();
                        }))
                .start()) {
            assertFails(server);
            assertThat(finishes.get()).isBetween(1, 6);
        }
    }

    @Test
    void anAtomicAttemptIsRepeatedFiveTimesAtMost() {
        AtomicInteger attempts = new AtomicInteger();
        try (TestServer server = server().runs(Work.class, (input, attempt) -> {
                    attempts.incrementAndGet();
                    return oversized();
                })
                .start()) {
            assertFails(server);
            assertThat(attempts.get()).isBetween(1, 6);
        }
    }

    private TestServer server() {
        return new TestServer(store, transactions).payloadLimit(4 * PACKET).maxAttempts(1);
    }

    private static Outcome<String> oversized() {
        return Outcome.complete("x".repeat(2 * PACKET));
    }

    private void assertFails(TestServer server) {
        Chain<String> chain = server.queue().start(new Work("a"));

        JobId id = chain.lastJob().id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> server.queue().job(id).map(Job::status).orElseThrow(), Status.FAILED::equals);
        assertThat(server.queue().job(id).orElseThrow()).satisfies(job -> {
            assertThat(job.failures()).isEqualTo(1);
            assertThat(job.lastError()).containsIgnoringCase("packet");
        });
    }

    /** For connections that are opened from now on; answers what it was. */
    private static long setPacket(long bytes) throws SQLException {
        try (Connection connection = MariaDbServer.dataSource("").getConnection();
                Statement statement = connection.createStatement()) {
            long before;
            try (ResultSet row = statement.executeQuery("SELECT @@global.max_allowed_packet")) {
                row.next();
                before = row.getLong(1);
            }
            statement.execute("SET GLOBAL max_allowed_packet = " + bytes);
            return before;
        }
    }
}
