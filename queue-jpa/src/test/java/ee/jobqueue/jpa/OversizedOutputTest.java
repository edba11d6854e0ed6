package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.Chain;
import ee.jobqueue.JobId;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.spi.StoredJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An output that MariaDB refuses for good, in a way that looks like a lost connection. */
class OversizedOutputTest {

    private static final int PACKET = 1 << 20;

    @Test
    void anOutputThatIsLargerThanAPacketFailsTheAttempt() throws Exception {
        long before = setPacket(PACKET);
        try (JpaHarness harness = JpaHarness.mariaDb()) {
            AtomicInteger finishes = new AtomicInteger();
            try (TestServer staged = new TestServer(harness)
                    .payloadLimit(4 * PACKET)
                    .maxAttempts(1)
                    .runsStaged(
                            Work.class,
                            (input, attempt) -> Outcome.inTransaction(() -> {
                                finishes.incrementAndGet();
                                return Outcome.complete("x".repeat(2 * PACKET));
                            }))
                    .start()) {
                fails(harness, staged);
                assertThat(finishes.get()).isBetween(1, 6);
            }
            AtomicInteger attempts = new AtomicInteger();
            try (TestServer atomic = new TestServer(harness)
                    .payloadLimit(4 * PACKET)
                    .maxAttempts(1)
                    .runs(Work.class, (input, attempt) -> {
                        attempts.incrementAndGet();
                        return Outcome.complete("x".repeat(2 * PACKET));
                    })
                    .start()) {
                fails(harness, atomic);
                assertThat(attempts.get()).isBetween(1, 6);
            }
        } finally {
            setPacket(before);
        }
    }

    private static void fails(JpaHarness harness, TestServer server) {
        Chain<String> chain = server.queue().start(new Work("a"));

        JobId job = chain.lastJob().id();
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> harness.store()
                                .job(job)
                                .map(found -> found.job().status())
                                .orElseThrow(),
                        Status.FAILED::equals);
        StoredJob failed = harness.store().job(job).orElseThrow();
        assertThat(failed.job().failures()).isEqualTo(1);
        assertThat(failed.job().lastError()).containsIgnoringCase("packet");
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
