package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verb costs, in operations that are sent to the server; the table in the documentation says the same. */
class OperationCostTest {

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();
    private static final NewJob JOB = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null);

    @BeforeEach
    void emptyTheStore() {
        HARNESS.clear();
    }

    private static <T> T inTransaction(Callable<T> work) throws Exception {
        return HARNESS.transactions().inNew(null, work);
    }

    private static List<StoredJob> startAndAcquire(int count) throws Exception {
        inTransaction(() -> HARNESS.store().start(Collections.nCopies(count, JOB)));
        return HARNESS.store().acquire(worker(), Set.of("a"), count).jobs();
    }

    private static WorkerId worker() {
        return HARNESS.store().register(new NewWorker("a server", Set.of(), 10), Duration.ofSeconds(30));
    }

    @Test
    void aStartIsOneInsertHoweverManyChains() throws Exception {
        for (int count : List.of(1, 500)) {
            HARNESS.takeExecuted();

            inTransaction(() -> HARNESS.store().start(Collections.nCopies(count, JOB)));

            assertThat(HARNESS.takeExecuted()).containsExactly("hello", "insert", "commitTransaction");
        }
    }

    @Test
    void keysAreLockedByOneOperationAndAskedForByTwoAtTheMost() throws Exception {
        for (int count : List.of(1, 100)) {
            List<NewJob> jobs = IntStream.range(0, count)
                    .mapToObj(key -> new NewJob(
                            "keyed", "{}", Schedule.NOW, Blockers.NONE, Deduplication.ever(count + " keys, " + key)))
                    .toList();
            HARNESS.takeExecuted();

            inTransaction(() -> HARNESS.store().start(jobs));
            assertThat(HARNESS.takeExecuted())
                    .containsExactly("update", "aggregate", "hello", "insert", "commitTransaction");

            inTransaction(() -> HARNESS.store().start(jobs));
            assertThat(HARNESS.takeExecuted())
                    .startsWith("update", "aggregate")
                    .endsWith("commitTransaction")
                    .hasSize(count == 1 ? 3 : 4);
        }
    }

    @Test
    void anAcquireIsAsManyOperationsForOneJobAsForMany() throws Exception {
        WorkerId worker = worker();
        for (int count : List.of(1, 100)) {
            inTransaction(() -> HARNESS.store().start(Collections.nCopies(count, JOB)));
            HARNESS.takeExecuted();

            assertThat(HARNESS.store().acquire(worker, Set.of("a"), 100).jobs()).hasSize(count);

            assertThat(HARNESS.takeExecuted())
                    .containsExactly("hello", "aggregate", "aggregate", "update", "aggregate", "aggregate");
        }
    }

    @Test
    void anAcquireOfNothingIsTwoOperationsHoweverManyTypes() {
        WorkerId worker = worker();
        HARNESS.takeExecuted();

        HARNESS.store().acquire(worker, Set.of("a", "b", "c", "d"), 10);

        assertThat(HARNESS.takeExecuted()).containsExactly("hello", "aggregate");
    }

    @Test
    void aJobOnWhichNobodyWaitsIsCompletedByOneOperation() throws Exception {
        StoredJob job = startAndAcquire(1).get(0);
        HARNESS.takeExecuted();

        inTransaction(() -> HARNESS.store().complete(job.token(), "1"));

        assertThat(HARNESS.takeExecuted()).containsExactly("findAndModify", "commitTransaction");
    }

    @Test
    void aJobIsContinuedByTwoOperations() throws Exception {
        StoredJob job = startAndAcquire(1).get(0);
        HARNESS.takeExecuted();

        inTransaction(() -> HARNESS.store().continueWith(job.token(), JOB));

        assertThat(HARNESS.takeExecuted()).containsExactly("findAndModify", "insert", "commitTransaction");
    }

    @Test
    void thoseWhoWaitAreUnblockedByFourOperationsHoweverMany() throws Exception {
        StoredJob job = startAndAcquire(1).get(0);
        ChainId chain = job.job().chainId();
        NewJob waiting = new NewJob(
                "waiting",
                "{}",
                Schedule.NOW,
                new Blockers(List.of(new ee.jobqueue.Blocker(chain, ee.jobqueue.OnFailure.WAIT)), Set.of("a")),
                null);
        inTransaction(() -> HARNESS.store().start(Collections.nCopies(50, waiting)));
        HARNESS.takeExecuted();

        inTransaction(() -> HARNESS.store().complete(job.token(), "1"));

        assertThat(HARNESS.takeExecuted())
                .containsExactly("findAndModify", "aggregate", "aggregate", "update", "aggregate", "commitTransaction");
    }

    @Test
    void aRenewalIsTwoOperations() {
        WorkerId worker = worker();
        HARNESS.takeExecuted();

        HARNESS.store().renew(worker, Duration.ofSeconds(30));

        assertThat(HARNESS.takeExecuted()).containsExactly("update", "aggregate");
    }
}
