package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.Blocker;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** In MariaDB's dialect a statement locks whatever it reads; so on a small table as well it must read by id. */
class MariaDbLockTest {

    private static final String SERVERS = "MARIADB.*|MYSQL";

    private static final long PROMPT_SECONDS = 10;

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = SERVERS)
    void unblockingWaitsForNoJobThatDoesNotWaitForTheChain(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness()) {
            JobStore store = harness.store();
            WorkerId worker = harness.transactions()
                    .inNew(null, () -> store.register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1)));
            harness.transactions().inNew(null, () -> store.start(List.of(job("blocker"), job("unrelated"))));
            List<StoredJob> running = harness.transactions()
                    .inNew(null, () -> store.acquire(worker, Set.of("blocker", "unrelated"), 2))
                    .jobs();
            StoredJob blocker = of(running, "blocker");
            StoredJob unrelated = of(running, "unrelated");
            NewJob waiting = new NewJob(
                    "waiting",
                    "{}",
                    Schedule.NOW,
                    new Blockers(List.of(new Blocker(blocker.job().chainId(), OnFailure.WAIT)), Set.of("blocker")),
                    null);
            harness.transactions().inNew(null, () -> store.start(Collections.nCopies(3, waiting)));
            harness.database().execute("ANALYZE TABLE jobqueue_job");
            harness.database().execute("ANALYZE TABLE jobqueue_blocker");

            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch completed = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> holder =
                        thread.submit(() -> harness.transactions().inNew(null, () -> {
                            store.hold(unrelated.token());
                            held.countDown();
                            return completed.await(PROMPT_SECONDS, TimeUnit.SECONDS);
                        }));
                assertThat(held.await(PROMPT_SECONDS, TimeUnit.SECONDS)).isTrue();

                Set<String> unblocked = harness.transactions()
                        .inNew(null, () -> store.complete(blocker.token(), "1"))
                        .resolved()
                        .unblockedTypes();
                completed.countDown();

                assertThat(unblocked).containsExactly("waiting");
                assertThat(holder.get(PROMPT_SECONDS, TimeUnit.SECONDS))
                        .as("completed while the unrelated job was locked")
                        .isTrue();
            } finally {
                thread.shutdownNow();
            }
        }
    }

    /** All that run, as of a worker that stops: those the servers would rather find by their status. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = SERVERS)
    void givingJobsBackDoesNotDeadlockWithTheCompletionOfOne(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness()) {
            JobStore store = harness.store();
            WorkerId worker = harness.transactions()
                    .inNew(null, () -> store.register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1)));
            harness.transactions().inNew(null, () -> store.start(Collections.nCopies(100, job("some"))));
            List<StoredJob> running = harness.transactions()
                    .inNew(null, () -> store.acquire(worker, Set.of("some"), 10))
                    .jobs();
            harness.database().execute("ANALYZE TABLE jobqueue_job");
            List<Token> given = running.stream().map(StoredJob::token).toList();
            Token completed = given.get(0);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> givingBack = harness.transactions().inNew(null, () -> {
                    store.hold(completed);
                    Future<Boolean> beside =
                            thread.submit(() -> harness.transactions().inNew(null, () -> {
                                store.giveBack(given);
                                return true;
                            }));
                    await().atMost(DEADLINE).until(() -> beside.isDone() || isWaitingForALock(harness));
                    store.complete(completed, "1");
                    return beside;
                });

                assertThat(givingBack.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(given.stream().map(token -> statusOf(token, store)).distinct())
                        .containsExactly(Status.COMPLETED, Status.PENDING);
            } finally {
                thread.shutdownNow();
            }
        }
    }

    private static Status statusOf(Token token, JobStore store) {
        return store.job(token.jobId()).orElseThrow().job().status();
    }

    private static boolean isWaitingForALock(JpaHarness harness) throws SQLException {
        try (Connection connection = harness.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static StoredJob of(List<StoredJob> jobs, String type) {
        return jobs.stream()
                .filter(stored -> stored.job().type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static NewJob job(String type) {
        return new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, null);
    }
}
