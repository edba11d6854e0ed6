package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.Schedule;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.jpa.ClusterJobs.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Transactions that lock the same rows in opposite order: one of them has to give way. */
class DeadlockTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** SQLite has one lock, which cannot be taken in two orders. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void attemptsThatDeadlockBothEndAndNoFailureCounts(SqlDatabase database) throws Exception {
        try (JpaHarness harness = accounts(database)) {
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger runs = new AtomicInteger();
            try (TestServer server = server(harness)
                    .runs(Transfer.class, (input, attempt) -> {
                        runs.incrementAndGet();
                        transfer(harness, input.first(), attempt.number() == 1 ? bothHoldOne : null);
                        return Outcome.complete("done");
                    })
                    .start()) {
                Chain<String> one = server.queue().start(new Transfer(1));
                Chain<String> other = server.queue().start(new Transfer(2));

                assertThatBothEnd(server.queue(), one, other);
                // the one that gave way may meet the other once more
                assertThat(runs.get()).isGreaterThan(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void finishesThatDeadlockAreRepeatedAlone(SqlDatabase database) throws Exception {
        try (JpaHarness harness = accounts(database)) {
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger bodies = new AtomicInteger();
            AtomicInteger finishes = new AtomicInteger();
            try (TestServer server = server(harness)
                    .runsStaged(Transfer.class, (input, attempt) -> {
                        bodies.incrementAndGet();
                        return Outcome.inTransaction(() -> {
                            transfer(harness, input.first(), finishes.incrementAndGet() <= 2 ? bothHoldOne : null);
                            return Outcome.complete("done");
                        });
                    })
                    .start()) {
                Chain<String> one = server.queue().start(new Transfer(1));
                Chain<String> other = server.queue().start(new Transfer(2));

                assertThatBothEnd(server.queue(), one, other);
                assertThat(bodies).hasValue(2);
                assertThat(finishes.get()).isGreaterThan(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void aCallerWhoseTransactionDeadlocksHearsATransientErrorAndTheOtherCommits(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness();
                TestServer server = server(harness)
                        .runs(Transfer.class, (input, attempt) -> Outcome.complete("done"))
                        .prepare()) {
            JobQueue queue = server.queue();
            Chain<String> one = queue.start(new Transfer(1));
            Chain<String> other = queue.start(new Transfer(2));
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            Schedule later = Schedule.after(Duration.ofHours(1));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Future<List<Job>>> callers = List.of(
                        threads.submit(inOrder(harness, queue, one, other, later, bothHoldOne)),
                        threads.submit(inOrder(harness, queue, other, one, later, bothHoldOne)));

                int committed = 0;
                for (Future<List<Job>> caller : callers) {
                    try {
                        caller.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                        committed++;
                    } catch (ExecutionException e) {
                        assertThat(e.getCause())
                                .isInstanceOfSatisfying(
                                        StoreUnavailableException.class,
                                        error -> assertThat(error.isTransient()).isTrue());
                        assertThat(harness.store().isOutage(e.getCause())).isFalse();
                    }
                }
                assertThat(committed).isEqualTo(1);
                assertThat(queue.job(one.lastJob().id()).orElseThrow().scheduled())
                        .isTrue();
                assertThat(queue.job(other.lastJob().id()).orElseThrow().scheduled())
                        .isTrue();
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void aCallerAtAStrongerIsolationHearsOfASerializationFailureAsATransientError() throws Exception {
        try (JpaHarness harness = JpaHarness.postgreSql();
                TestServer server = server(harness)
                        .runs(Transfer.class, (input, attempt) -> Outcome.complete("done"))
                        .prepare()) {
            JobQueue queue = server.queue();
            Chain<String> chain = queue.start(new Transfer(1));
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                assertThatThrownBy(() -> harness.transactions().inNew(null, () -> {
                            execute(harness, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                            queue.job(chain.lastJob().id()); // the transaction's snapshot is taken
                            thread.submit(() -> queue.prioritize(List.of(chain.id()), 9))
                                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                            return queue.prioritize(List.of(chain.id()), 1);
                        }))
                        .isInstanceOfSatisfying(
                                StoreUnavailableException.class,
                                error -> assertThat(error.isTransient()).isTrue());
                assertThat(queue.job(chain.lastJob().id()).orElseThrow().priority())
                        .isEqualTo(9);
            } finally {
                thread.shutdown();
            }
        }
    }

    private static Callable<List<Job>> inOrder(
            JpaHarness harness,
            JobQueue queue,
            Chain<String> first,
            Chain<String> second,
            Schedule schedule,
            CyclicBarrier bothHoldOne) {
        return () -> harness.transactions().inNew(null, () -> {
            queue.reschedule(List.of(first.id()), schedule);
            bothHoldOne.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return queue.reschedule(List.of(second.id()), schedule);
        });
    }

    private static void assertThatBothEnd(JobQueue queue, Chain<String> one, Chain<String> other) throws Exception {
        assertThat(queue.await(one, DEADLINE)).isEqualTo("done");
        assertThat(queue.await(other, DEADLINE)).isEqualTo("done");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(List.of(one, other))
                        .allSatisfy(
                                chain -> assertThat(queue.job(chain.lastJob().id())
                                                .orElseThrow()
                                                .failures())
                                        .isZero()));
    }

    /** Two rows that are none of the queue's. */
    private static JpaHarness accounts(SqlDatabase database) {
        JpaHarness harness = database.harness();
        harness.database().execute("CREATE TABLE account (id int NOT NULL PRIMARY KEY, amount int NOT NULL)");
        harness.database().execute("INSERT INTO account (id, amount) VALUES (1, 0), (2, 0)");
        return harness;
    }

    private static TestServer server(JpaHarness harness) {
        return new TestServer(harness.store(), harness.transactions()).maxAttempts(1);
    }

    /** Writes the rows in an order that ends in a deadlock with the opposite one, when both hold one first. */
    private static void transfer(JpaHarness harness, int first, CyclicBarrier bothHoldOne) throws Exception {
        execute(harness, "UPDATE account SET amount = amount - 1 WHERE id = " + first);
        if (bothHoldOne != null) {
            bothHoldOne.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        execute(harness, "UPDATE account SET amount = amount + 1 WHERE id = " + (3 - first));
    }

    private static void execute(JpaHarness harness, String statement) {
        harness.transactions()
                .call(session -> session.createNativeMutationQuery(statement).executeUpdate());
    }
}
