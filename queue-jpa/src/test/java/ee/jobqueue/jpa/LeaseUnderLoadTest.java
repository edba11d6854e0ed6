package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Outcome;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.engine.LeaseRenewed;
import ee.jobqueue.engine.QueueListener;
import ee.jobqueue.jpa.ClusterJobs.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/**
 * Renewals on a machine that has more to do than it can: recorded, so that a late one says where it waited. Some seconds
 * without other load in CI, an hour with twenty busy processes in the profile "soak".
 */
class LeaseUnderLoadTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("jobqueue.load.seconds", 3));
    private static final int BUSY_PROCESSES = Integer.getInteger("jobqueue.load.processes", 0);
    private static final Path RECORDING = Path.of("target", "lease-under-load.jfr");
    private static final Path REPORT = Path.of("target", "lease-under-load.md");

    @Test
    void everyRenewalIsRecordedWithWhatItWaitedFor() throws Exception {
        AtomicInteger renewals = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        List<Process> load = new ArrayList<>();
        try (JpaHarness harness = JpaHarness.postgreSql();
                Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.enable(RenewalEvent.NAME);
            recording.start();
            try (TestServer server = new TestServer(harness)
                    .lease(Duration.ofSeconds(3))
                    .renewInterval(Duration.ofSeconds(1))
                    .tells(new QueueListener() {
                        @Override
                        public void leaseRenewed(LeaseRenewed event) {
                            RenewalEvent.note(event);
                            renewals.incrementAndGet();
                        }
                    })
                    .runsStaged(Wait.class, (input, attempt) -> {
                        await().atMost(LENGTH.multipliedBy(2).plusMinutes(5))
                                .pollInterval(Duration.ofMillis(200))
                                .until(() -> attempt.cancellation().isPresent());
                        if (attempt.cancellation().get() == CancellationReason.LEASE_LOST) {
                            lost.incrementAndGet();
                        }
                        return Outcome.complete("told");
                    })
                    .start()) {
                server.queue().start(new Wait());
                await().atMost(Duration.ofMinutes(5)).until(() -> renewals.get() > 0);
                for (int i = 0; i < BUSY_PROCESSES; i++) {
                    load.add(busy());
                }
                long end = System.nanoTime() + LENGTH.toNanos();
                await().atMost(LENGTH.multipliedBy(2).plusMinutes(5))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> System.nanoTime() - end > 0);
            }
            recording.dump(RECORDING);
        } finally {
            load.forEach(Process::destroyForcibly);
        }
        RenewalReport report = RenewalReport.of(RECORDING);
        Files.writeString(
                REPORT,
                "%d s, %d busy processes, leases lost: %d%n%n%s"
                        .formatted(LENGTH.toSeconds(), BUSY_PROCESSES, lost.get(), report));

        assertThat(report.renewals()).isPositive().isEqualTo(renewals.get());
        assertThat(report.toString()).contains("| statement |", "The longest:");
    }

    private static Process busy() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
