package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.Outcome;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a notifier that fails, floods or lies does to a server: nothing that lasts. */
class ListeningTest implements EngineFixture {

    private static final Notifications DUE = new Notifications(Set.of("work"), Set.of(), Set.of());

    private final MemoryHarness harness = new MemoryHarness();

    @Override
    public MemoryHarness harness() {
        return harness;
    }

    private TestServer running() {
        return server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()));
    }

    @Test
    void aNotifierThatCannotBeReachedHarmsNobodyAndIsLoggedOnce() throws Exception {
        ScriptedNotifier notifier = new ScriptedNotifier(ListeningTest::fail, () -> Notifications.NONE);
        try (LogLines log = new LogLines();
                TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(server.events.notifierFailures).hasValueGreaterThan(2));
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("a");
            assertThat(warnings(log)).hasSize(1);
        }
    }

    @Test
    void aConnectionThatIsLostAtOnceEachTimeIsOpenedWithGrowingWaitsAndIsOneOutage() {
        long begin = System.nanoTime();
        ScriptedNotifier notifier = new ScriptedNotifier(() -> {}, ListeningTest::failing);
        try (LogLines log = new LogLines();
                TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(server.events.notifierFailures).hasValueGreaterThan(2));

            // 100, 200, 400 ms and so on, each up to a fifth shorter: 80 ms are the least between two
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertThat((long) notifier.subscribed.get()).isLessThanOrEqualTo(millis / 80 + 1);
            assertThat(warnings(log)).hasSize(1);
        }
        assertThat(notifier.closed.get()).isEqualTo(notifier.subscribed.get());
    }

    @Test
    void aNotifierMayThrowWhatItLikes() {
        List<Throwable> errors = OddErrors.all().values().stream()
                .filter(error -> !(error instanceof InterruptedException)) // with that a server ends the thread
                .limit(5) // each waits longer than the one before
                .toList();
        AtomicInteger thrown = new AtomicInteger();
        ScriptedNotifier notifier = new ScriptedNotifier(() -> {}, () -> {
            int next = thrown.getAndIncrement();
            if (next < errors.size()) {
                throw OddErrors.<RuntimeException>thrown(errors.get(next));
            }
            return patiently(Notifications.NONE);
        });
        try (LogLines log = new LogLines();
                TestServer server =
                        running().tells(new OddListener()).listensBy(notifier).start()) {
            eventually(() -> assertThat(log.all())
                    .anySatisfy(
                            line -> assertThat(line).contains("notifications are received again, after 5 failures")));
            assertThat(server.events.notifierFailures).hasValue(errors.size());
        }
    }

    @Test
    void theEndOfAnOutageIsLoggedAndTheNextOneIsAnother() {
        AtomicReference<Runnable> script = new AtomicReference<>(ListeningTest::fail);
        ScriptedNotifier notifier = new ScriptedNotifier(() -> script.get().run(), () -> {
            script.get().run();
            return patiently(Notifications.NONE);
        });
        try (LogLines log = new LogLines();
                TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(warnings(log)).hasSize(1));
            script.set(() -> {});
            eventually(() -> assertThat(log.all()).anyMatch(line -> line.contains("received again")));
            script.set(ListeningTest::fail);
            eventually(() -> assertThat(warnings(log)).hasSize(2));
            assertThat(server.events.notifierFailures).hasValueGreaterThan(1);
        }
    }

    @Test
    void aDeploymentThatNeverTellsAnythingIsAskedOnceAndSaysWhy() throws Exception {
        ScriptedNotifier notifier = new ScriptedNotifier(
                () -> {
                    throw new UnsupportedOperationException("this one has no change streams");
                },
                () -> Notifications.NONE);
        try (LogLines log = new LogLines();
                TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(log.all())
                    .anyMatch(line -> line.contains("this one has no change streams") && line.contains("polled")));
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("a");
            assertThat(notifier.subscribed).hasValue(1);
            assertThat(server.events.notifierFailures).hasValue(0);
            assertThat(warnings(log)).isEmpty();
        }
    }

    @Test
    void aNotifierThatTalksWithoutPauseLeadsToOneAcquireInTenMilliseconds() {
        ScriptedNotifier notifier = new ScriptedNotifier(() -> {}, () -> DUE);
        CountDownLatch enough = new CountDownLatch(30);
        long begin = System.nanoTime();
        try (TestServer server = running().pollInterval(Duration.ofHours(1)).listensBy(notifier)) {
            server.store.disturb("acquire", call -> {
                enough.countDown();
                return call.proceed();
            });
            server.start();
            EngineFixture.signal(enough);

            long acquires = server.store.calls("acquire");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertThat(acquires).as("acquires in %s ms", millis).isLessThanOrEqualTo(millis / 10 + 3);
        }
    }

    @Test
    void jobsOfTypesThatNobodyRunsHereLeadToNoAcquire() {
        CountDownLatch told = new CountDownLatch(5);
        ScriptedNotifier notifier = new ScriptedNotifier(() -> {}, () -> {
            told.countDown();
            return new Notifications(Set.of("other"), Set.of(), Set.of());
        });
        try (TestServer server = running().pollInterval(Duration.ofHours(1)).listensBy(notifier)) {
            server.start();
            EngineFixture.signal(told);

            // one for the start, one for the look at everything
            assertThat(server.store.calls("acquire")).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void anAttemptThatStillOwnsItsJobIsNotToldOtherwise() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(3);
        AtomicReference<JobId> job = new AtomicReference<>();
        ScriptedNotifier notifier = new ScriptedNotifier(() -> EngineFixture.signal(running), () -> {
            told.countDown();
            return new Notifications(Set.of(), Set.of(), Set.of(job.get()));
        });
        try (TestServer server = server().listensBy(notifier)
                .runsStaged(Work.class, (input, attempt) -> {
                    job.set(attempt.job().id());
                    running.countDown();
                    EngineFixture.signal(told);
                    return Outcome.complete(
                            attempt.cancellation().map(Enum::name).orElse("undisturbed"));
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("undisturbed");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoOutageOfTheNotifier() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(4);
        AtomicReference<JobId> job = new AtomicReference<>();
        ScriptedNotifier notifier = new ScriptedNotifier(() -> EngineFixture.signal(running), () -> {
            told.countDown();
            return new Notifications(Set.of(), Set.of(new ChainId("000000000000")), Set.of(job.get()));
        });
        try (TestServer server = server().renewInterval(Duration.ofHours(1))
                .listensBy(notifier)
                .runsStaged(Work.class, (input, attempt) -> {
                    job.set(attempt.job().id());
                    running.countDown();
                    EngineFixture.signal(told);
                    return Outcome.complete("done");
                })) {
            server.store.disturb("job", call -> {
                throw new StoreUnavailableException("no connection", false, new IllegalStateException());
            });
            server.start();
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            assertThat(server.events.notifierFailures).hasValue(0);
            assertThat(notifier.subscribed).hasValue(1);
        }
    }

    @Test
    void theConnectionIsClosedWhenTheServerStops() {
        CuttableNotifier notifier = new CuttableNotifier(harness.notifier());
        try (TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(notifier.asked).hasPositiveValue());
            assertThat(notifier.closed).hasValue(0);
            assertThat(server.events.notifierFailures).hasValue(0);
        }
        assertThat(notifier.closed).hasValue(1);
    }

    @Test
    void aServerIsNotKeptFromStoppingByAConnectionThatIsLost() {
        ScriptedNotifier notifier = new ScriptedNotifier(ListeningTest::fail, () -> Notifications.NONE);
        long begin;
        try (TestServer server = running().listensBy(notifier).start()) {
            eventually(() -> assertThat(server.events.notifierFailures).hasValueGreaterThan(5));
            begin = System.nanoTime();
        }
        // the next try would be three seconds later, or a fifth less
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
    }

    private static List<String> warnings(LogLines log) {
        return log.all().stream()
                .filter(line -> line.contains("notifications are not received, the store is polled"))
                .toList();
    }

    private static void fail() {
        throw new IllegalStateException("this notifier fails");
    }

    private static Notifications failing() {
        fail();
        return Notifications.NONE;
    }

    /** As a real subscription, which waits when nothing happens. */
    private static Notifications patiently(Notifications told) {
        try {
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return told;
    }
}
