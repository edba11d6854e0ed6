package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.Schedule;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.conformance.LogLines;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait longer than the busy timeout for somebody else, who writes. */
class SqliteBusyTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final JpaHarness HARNESS = JpaHarness.sqliteWaitingFor(PATIENCE);

    private final JobStore store = HARNESS.store();

    @AfterAll
    static void close() {
        HARNESS.close();
    }

    @BeforeEach
    void clear() {
        HARNESS.clear();
    }

    @Test
    void whoeverWaitsTooLongForTheLockIsToldThatItMayPass() throws Exception {
        WorkerId worker = inNew(() -> store.register(new NewWorker("a server", Set.of("a"), 1), DEADLINE));
        try (Writer other = new Writer(HARNESS.database())) {
            other.begin();

            assertTransient(this::start);
            assertTransient(() -> store.acquire(worker, Set.of("a"), 1));
            assertTransient(() -> store.renew(worker, DEADLINE));
        }
        inNew(this::start);
        assertThat(inNew(() -> store.acquire(worker, Set.of("a"), 1)).jobs()).hasSize(1);
        assertThat(inNew(() -> store.renew(worker, DEADLINE)).kept()).isTrue();
    }

    @Test
    void whoeverHasReadWhatIsOldByNowIsToldThatItMayPass() throws Exception {
        StoredJob job = inNew(this::start);

        assertTransient(() -> {
            store.job(job.job().id());
            HARNESS.database().execute("UPDATE jobqueue_job SET priority = 5");
            return start();
        });
    }

    @Test
    void aCommitWaitsForNoReader() throws Exception {
        inNew(this::start);
        try (Writer reading = new Writer(HARNESS.database())) {
            reading.execute("BEGIN");
            reading.execute("SELECT count(*) FROM jobqueue_job");

            inNew(this::start);

            reading.execute("ROLLBACK");
        }
        assertThat(store.counts()).singleElement().matches(count -> count.jobs() == 2);
    }

    @Test
    void aServerThatFindsAnotherOneMigratingTriesAgain() throws Exception {
        try (TestDatabase database = TestDatabase.sqlite();
                Writer other = new Writer(database)) {
            JdbcConnectionPool pool = database.waitingFor(PATIENCE);
            JpaJobStore starting = store(pool);
            other.begin();

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(starting::prepare);
            other.end();
            starting.prepare();

            assertThat(starting.counts()).isEmpty();
            starting.close();
            pool.dispose();
        }
    }

    @Test
    void renewalsThatFindTheDatabaseBusyAreTriedAgainAndTheWorkerKeepsItsLease() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (LogLines log = new LogLines();
                Writer other = new Writer(HARNESS.database());
                TestServer server = new TestServer(HARNESS)
                        .runsStaged(Work.class, (input, attempt) -> {
                            running.countDown();
                            release.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                            return Outcome.complete(
                                    attempt.cancellation().map(Enum::name).orElse("undisturbed"));
                        })
                        .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            assertThat(running.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            other.begin();
            await().atMost(DEADLINE).until(() -> count(log, "renewing the lease failed") >= 3);
            other.end();
            release.countDown();

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("undisturbed");
            assertThat(count(log, "has lost its lease")).isZero();
        }
    }

    @Test
    void anAtomicAttemptWhoseFinishFindsTheDatabaseBusyRunsAgainAndNothingCountsAsFailed() throws Exception {
        try (LogLines log = new LogLines();
                Writer other = new Writer(HARNESS.database());
                TestServer server = new TestServer(HARNESS)
                        .runs(Work.class, (input, attempt) -> {
                            if (attempt.number() == 1) {
                                other.begin();
                            }
                            return Outcome.complete("attempt " + attempt.number());
                        })
                        .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            await().atMost(DEADLINE).until(() -> count(log, "renewing the lease failed") >= 3);
            other.end();

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            Job job = server.queue().job(chain.lastJob().id()).orElseThrow();
            assertThat(job.failures()).isZero();
        }
    }

    private static long count(LogLines log, String text) {
        return log.all().stream().filter(line -> line.contains(text)).count();
    }

    private StoredJob start() {
        return store.start(List.of(new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null)))
                .get(0)
                .lastJob();
    }

    private static <T> T inNew(Callable<T> work) throws Exception {
        return HARNESS.transactions().inNew(null, work);
    }

    private static void assertTransient(Callable<?> work) {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> inNew(work))
                .matches(StoreUnavailableException::isTransient);
    }

    private static JpaJobStore store(DataSource dataSource) {
        return new JpaJobStore(
                new LocalDatabase(dataSource, new LocalTransactions()), JpaSettings.read(property -> Optional.empty()));
    }

    /** Somebody else on the same file. Ends what it began, since its connection goes back to a pool. */
    private static final class Writer implements AutoCloseable {

        private final Connection connection;
        private boolean writing;

        Writer(TestDatabase database) throws SQLException {
            connection = database.dataSource().getConnection();
        }

        synchronized void begin() throws SQLException {
            execute("BEGIN IMMEDIATE");
            writing = true;
        }

        synchronized void end() throws SQLException {
            if (writing) {
                writing = false;
                execute("ROLLBACK");
            }
        }

        void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            end();
            connection.close();
        }
    }
}
