package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A thousand chains for which one job waits, completed by several threads at once, do not conflict on that job. */
class FanInTest {

    private static final int BLOCKERS = 1_000;
    private static final int THREADS = 8;

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    private final AtomicInteger conflicts = new AtomicInteger();

    @AfterAll
    static void close() {
        HARNESS.close();
    }

    @Test
    void aThousandBlockersAreCompletedAtOnceWithoutAConflict() throws Exception {
        HARNESS.clear();
        WorkerId worker = HARNESS.store().register(new NewWorker("a server", Set.of(), 10), Duration.ofHours(1));
        start(Collections.nCopies(BLOCKERS, job("blocker", Blockers.NONE)));
        List<StoredJob> blockers =
                HARNESS.store().acquire(worker, Set.of("blocker"), BLOCKERS).jobs();
        assertThat(blockers).hasSize(BLOCKERS);
        List<Blocker> all = blockers.stream()
                .map(blocker -> new Blocker(blocker.job().chainId(), OnFailure.WAIT))
                .toList();
        StoredJob waiting = start(List.of(job("waiting", new Blockers(all, Set.of("blocker")))));

        completeOnThreads(blockers.stream().map(StoredJob::token).toList());

        assertThat(HARNESS.store().job(waiting.job().id()).orElseThrow().job().status())
                .isEqualTo(Status.PENDING);
        // the very last may meet a change that follows after the commit of the one before it
        assertThat(conflicts.get()).as("conflicts").isLessThanOrEqualTo(THREADS);
    }

    private static NewJob job(String type, Blockers blockers) {
        return new NewJob(type, "{}", Schedule.NOW, blockers, null);
    }

    private static StoredJob start(List<NewJob> jobs) throws Exception {
        return HARNESS.transactions()
                .inNew(null, () -> HARNESS.store().start(jobs))
                .get(0)
                .lastJob();
    }

    private void completeOnThreads(List<Token> tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            tokens.forEach(token -> ends.add(threads.submit(() -> complete(token))));
            for (Future<?> end : ends) {
                end.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Object complete(Token token) throws Exception {
        while (true) {
            try {
                return HARNESS.transactions().inNew(null, () -> HARNESS.store().complete(token, "1"));
            } catch (Exception e) {
                if (!HARNESS.store().isTransient(e)) {
                    throw e;
                }
                if (!HARNESS.store().isOutage(e)) {
                    conflicts.incrementAndGet();
                }
            }
        }
    }
}
