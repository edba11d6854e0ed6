package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A caller from outside locks a chain of several jobs while its last one is being continued. That does not touch the
 * chain's row, so that only the lock of the last job makes the caller wait, and look again.
 */
class LastJobRaceTest {

    /** How long a transaction stays open for the other, which is waiting for it. */
    private static final long HELD_OPEN_MILLIS = 300;

    @ParameterizedTest
    @EnumSource
    void aCompletionThatMeetsTheContinuationOfALaterJobCompletesTheNextOne(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness()) {
            JobStore store = harness.store();
            WorkerId worker = harness.transactions()
                    .inNew(null, () -> store.register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1)));
            harness.transactions().inNew(null, () -> store.start(List.of(job("first"))));
            StoredJob first = acquire(harness, worker, "first");
            harness.transactions().inNew(null, () -> continued(store, first.token(), "second"));
            StoredJob second = acquire(harness, worker, "second");
            ChainId chain = first.job().chainId();

            CountDownLatch written = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> continuation =
                        thread.submit(() -> harness.transactions().inNew(null, () -> {
                            continued(store, second.token(), "third");
                            written.countDown();
                            return !new CountDownLatch(1).await(HELD_OPEN_MILLIS, TimeUnit.MILLISECONDS);
                        }));
                assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
                harness.transactions().inNew(null, () -> {
                    StoredJob last = store.lock(chain);
                    return store.complete(new Locked(last.job().id()), "\"outside\"");
                });
                assertThat(continuation.get(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                thread.shutdownNow();
            }

            assertThat(store.jobs(chain))
                    .extracting(stored -> stored.job().type())
                    .containsExactly("first", "second", "third");
            assertThat(store.chain(chain).orElseThrow().output()).isEqualTo("\"outside\"");
        }
    }

    private static boolean continued(JobStore store, Token token, String type) {
        store.continueWith(token, job(type));
        return true;
    }

    private static StoredJob acquire(JpaHarness harness, WorkerId worker, String type) throws Exception {
        return harness.transactions()
                .inNew(null, () -> harness.store().acquire(worker, Set.of(type), 1))
                .jobs()
                .get(0);
    }

    private static NewJob job(String type) {
        return new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, null);
    }
}
