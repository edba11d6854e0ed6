package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two continuations at once that close a circle over four chains: neither locks a row that the other declares, so that
 * only the locks along the walk let one see the other.
 */
class CycleRaceTest {

    /** How long a transaction stays open for the other, which may be waiting for it. */
    private static final long HELD_OPEN_MILLIS = 300;

    @ParameterizedTest
    @EnumSource
    void ofTwoContinuationsAtOnceThatCloseACircleOneIsRefused(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness()) {
            WorkerId worker = harness.transactions()
                    .inNew(
                            null,
                            () -> harness.store()
                                    .register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1)));
            harness.transactions().inNew(null, () -> harness.store().start(List.of(job(), job(), job(), job())));
            List<StoredJob> jobs = harness.transactions()
                    .inNew(null, () -> harness.store().acquire(worker, Set.of("a"), 4))
                    .jobs();
            continueWith(harness, jobs.get(0).token(), jobs.get(1), null);
            continueWith(harness, jobs.get(2).token(), jobs.get(3), null);

            CountDownLatch written = new CountDownLatch(2);
            List<Exception> errors = atOnce(List.of(
                    () -> continueWith(harness, jobs.get(1).token(), jobs.get(2), written),
                    () -> continueWith(harness, jobs.get(3).token(), jobs.get(0), written)));

            assertThat(errors).as("of two one is refused").hasSize(1);
            assertThat(errors.get(0)).isInstanceOf(JobQueueException.class).satisfies(CycleRaceTest::isRefusal);
        }
    }

    private static void isRefusal(Throwable error) {
        if (error instanceof StoreUnavailableException unavailable) {
            assertThat(unavailable.isTransient()).isTrue();
        } else {
            assertThat(((InvalidBlockerException) error).problem()).isEqualTo(InvalidBlockerException.Problem.CYCLE);
        }
    }

    private static boolean continueWith(
            JpaHarness harness, Token token, StoredJob blocker, @Nullable CountDownLatch written) throws Exception {
        return harness.transactions().inNew(null, () -> {
            harness.store().continueWith(token, blockedBy(blocker.job().chainId()));
            if (written != null) {
                written.countDown();
                written.await(HELD_OPEN_MILLIS, TimeUnit.MILLISECONDS);
            }
            return true;
        });
    }

    private static List<Exception> atOnce(List<Callable<Boolean>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Exception> errors = new ArrayList<>();
            for (Future<Boolean> future : threads.invokeAll(works)) {
                try {
                    future.get(30, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    errors.add((Exception) e.getCause());
                }
            }
            return errors;
        } finally {
            threads.shutdownNow();
        }
    }

    private static NewJob job() {
        return new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null);
    }

    private static NewJob blockedBy(ChainId chain) {
        return new NewJob(
                "a", "{}", Schedule.NOW, new Blockers(List.of(new Blocker(chain, OnFailure.WAIT)), Set.of("a")), null);
    }
}
