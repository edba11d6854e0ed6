package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.JobCount;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers in processes of their own share a database, and one of them is killed while it writes. */
class TwoProcessesTest {

    private static final int CHAINS = 120;
    private static final int JOBS = 3 * CHAINS;
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private static final int SLOTS = 6;

    /** With this entry in the ledger the one that is to be killed stops, its transaction open; others are committed. */
    private static final int LAST_ENTRY = 3 * SLOTS;

    /** Not H2, whose file belongs to one process. One MariaDB will do. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"H2", "MARIADB_10_11", "MARIADB_11_8"})
    void whenOneIsKilledTheOtherCompletesEachJobOnce(SqlDatabase kind) throws Exception {
        try (JpaHarness harness = kind.harness()) {
            TestDatabase database = harness.database();
            database.execute("CREATE TABLE ledger (job_id varchar(36) NOT NULL, server varchar(20) NOT NULL)");
            NewJob first = new NewJob("first", "{\"count\":3}", Schedule.NOW, Blockers.NONE, null);
            harness.transactions().inNew(null, () -> harness.store().start(Collections.nCopies(CHAINS, first)));

            try (Child survivor = Child.start(kind, database, "survivor", 2, 0);
                    Child killed = Child.start(kind, database, "killed", SLOTS, LAST_ENTRY)) {
                await().atMost(DEADLINE).until(() -> killed.output().contains(ServerProcess.WRITING));
                killed.kill();
                harness.advance(Duration.ofSeconds(31)); // its lease is over; the other renews its own
                await().atMost(DEADLINE)
                        .until(() -> survivor.isAlive()
                                && harness.store().counts().stream()
                                                .filter(count -> count.status() == Status.COMPLETED)
                                                .mapToLong(JobCount::jobs)
                                                .sum()
                                        == JOBS);
            }

            assertThat(column(database, "SELECT job_id FROM ledger"))
                    .hasSize(JOBS)
                    .doesNotHaveDuplicates();
            assertThat(column(database, "SELECT DISTINCT server FROM ledger"))
                    .containsExactlyInAnyOrder("survivor", "killed");
            assertThat(column(database, "SELECT id FROM jobqueue_job WHERE attempt > 1"))
                    .as("what the killed one ran")
                    .isNotEmpty();
            assertThat(column(database, "SELECT id FROM jobqueue_job")).hasSize(JOBS);
            if (kind == SqlDatabase.SQLITE) {
                assertThat(column(database, "PRAGMA integrity_check")).containsExactly("ok");
            }
        }
    }

    private static List<String> column(TestDatabase database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** A {@link ServerProcess}; its errors are in a file below {@code target}. */
    private record Child(Process process, List<String> output) implements AutoCloseable {

        static Child start(SqlDatabase kind, TestDatabase database, String name, int concurrency, int stopsAt)
                throws IOException {
            Path folder = Files.createDirectories(Path.of("target", "processes"));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ServerProcess.class.getName(),
                            kind.name(),
                            database.url(),
                            name,
                            String.valueOf(concurrency),
                            String.valueOf(stopsAt))
                    .redirectError(new File(folder.toFile(), kind + "-" + name + ".log"))
                    .start();
            Child child = new Child(process, Collections.synchronizedList(new ArrayList<>()));
            Thread reader = new Thread(child::read, "output of " + name);
            reader.setDaemon(true);
            reader.start();
            return child;
        }

        /** Until the process ends. */
        private void read() {
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(output::add);
            } catch (IOException e) {
                output.add(e.toString());
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        /** Ends it as it ends by itself; if that takes too long, at once. */
        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            if (process.isAlive()) {
                kill();
            }
        }
    }
}
