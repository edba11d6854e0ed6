package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.Schedule;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.spi.CommitFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What people do to chains while workers run them. */
interface ManagementContract extends EngineFixture {

    /** A server whose staged attempts run until they are told to stop, and say why. */
    default TestServer runsUntilTold(CountDownLatch running, AtomicReference<CancellationReason> reason) {
        return server().runsStaged(Work.class, (input, attempt) -> {
            running.countDown();
            eventually(() -> assertThat(attempt.cancellation()).isPresent());
            attempt.cancellation().ifPresent(reason::set);
            return Outcome.complete("late");
        });
    }

    /** A server that knows the type and runs nothing. */
    default TestServer idle() {
        return server().runs(Work.class, (input, attempt) -> Outcome.complete("done"))
                .prepare();
    }

    @Test
    default void aCancelledAttemptInThisServerIsToldAtOnceAndItsOutcomeRefused() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server = runsUntilTold(running, reason)
                .renewInterval(Duration.ofHours(1))
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);

            Job cancelled = server.queue().cancel(chain.id());

            assertThat(cancelled)
                    .matches(job -> job.status() == Status.CANCELLED
                            && job.id().equals(chain.lastJob().id()));
            eventually(() -> assertThat(server.events.endsOf(cancelled.id())).containsExactly(AttemptEnd.ABANDONED));
            assertThat(reason).hasValue(CancellationReason.CANCELLED);
            assertThat(server.events.cancelled).containsExactly(cancelled);
            assertThat(job(cancelled.id()).job())
                    .matches(job -> job.status() == Status.CANCELLED && job.failures() == 0);
        }
    }

    @Test
    default void aCancelledAttemptInAnotherServerIsToldAtItsNextRenewal() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server = runsUntilTold(running, reason).start();
                TestServer other = server().prepare()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);

            other.queue().cancel(chain.id());

            eventually(() -> assertThat(reason).hasValue(CancellationReason.CANCELLED));
            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
        }
    }

    @Test
    default void whoAwaitsACancelledChainIsToldItsStatus() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (TestServer server = idle()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            CountDownLatch looked = new CountDownLatch(1);
            server.store.disturb("chain", call -> {
                Object found = call.proceed();
                looked.countDown();
                return found;
            });
            Future<String> awaiting = thread.submit(() -> server.queue().await(chain, DEADLINE));
            EngineFixture.signal(looked);

            server.queue().cancel(chain.id());

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> awaiting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            ChainFailedException.class,
                            e -> assertThat(e.status()).isEqualTo(Status.CANCELLED));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    default void aCancellationThatIsRolledBackNeverHappened() {
        try (TestServer server = idle()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThatExceptionOfType(CommitFailedException.class)
                    .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                        server.queue().cancel(chain.id());
                        harness().transactions().setRollbackOnly();
                        return true;
                    }));

            assertThat(server.events.cancelled).isEmpty();
            assertThat(chain(chain.id()).job().status()).isEqualTo(Status.PENDING);
        }
    }

    @Test
    default void aRefusedCancellationLeavesTheCallersTransactionUsable() throws Exception {
        try (TestServer server = idle()) {
            Chain<String> over = server.queue().start(new Work("over"));
            server.queue().cancel(over.id());

            ChainId started = harness().transactions().inNew(null, () -> {
                ChainId id = server.queue().start(new Work("new")).id();
                assertThatExceptionOfType(AlreadyOverException.class)
                        .isThrownBy(() -> server.queue().cancel(List.of(id, over.id())))
                        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.CANCELLED));
                return id;
            });

            assertThat(chain(started).job().status()).isEqualTo(Status.PENDING);
        }
    }

    @Test
    default void aRetriedChainRunsAgainAtOnce() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        try (TestServer server = server().maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    if (!mended.get()) {
                        throw new IllegalStateException("broken");
                    }
                    return Outcome.complete("attempt " + attempt.number());
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            awaitStatus(chain.lastJob().id(), Status.FAILED);
            mended.set(true);

            Job retried = server.queue().retry(chain.id());

            assertThat(retried).matches(job -> job.status() == Status.PENDING && job.failures() == 0);
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            assertThat(server.events.retried).containsExactly(retried);
        }
    }

    @Test
    default void aPausedServerCompletesNothingWhenItsJobWasReapedAndRetried() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        // its one slot is taken: otherwise its dispatcher, which is not paused, might get the job again
        try (TestServer paused = server().concurrency(1)
                        .renewInterval(Duration.ofHours(1))
                        .runsStaged(Work.class, (input, attempt) -> {
                            running.countDown();
                            EngineFixture.signal(resumed);
                            return Outcome.complete("from the paused worker");
                        })
                        .start();
                TestServer other = server().maxAttempts(1)
                        .runsStaged(Work.class, (input, attempt) -> Outcome.complete("attempt " + attempt.number()))) {
            Chain<String> chain = paused.queue().start(new Work("a"));
            EngineFixture.signal(running);
            advance(StoreFixture.LEASE_AND_MORE);
            other.start();
            awaitStatus(chain.lastJob().id(), Status.FAILED);

            other.queue().retry(chain.id());
            assertThat(other.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            resumed.countDown();

            eventually(
                    () -> assertThat(paused.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
            assertThat(chain(chain.id()).output()).contains("attempt 2");
        }
    }

    @Test
    default void aTriggeredJobRunsAtOnceHoweverLongTheWorkerWouldSleep() throws Exception {
        try (TestServer server = server().pollInterval(Duration.ofHours(1))
                .runs(Work.class, (input, attempt) -> Outcome.complete("ran"))
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"), StartOptions.NONE.after(Duration.ofHours(2)));
            awaitStatus(server.queue().start(new Work("due")).lastJob().id(), Status.COMPLETED);

            Job triggered = server.queue().trigger(chain.id());

            assertThat(triggered).matches(job -> job.status() == Status.PENDING && !job.scheduled());
            awaitStatus(triggered.id(), Status.COMPLETED);
        }
    }

    @Test
    default void aJobThatIsPutOffFromOutsideDoesNotRunBefore() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete("ran"))) {
            server.prepare();
            Chain<String> chain = server.queue().start(new Work("a"));

            Job later = server.queue().reschedule(chain.id(), Schedule.after(Duration.ofHours(1)));

            assertThat(later.scheduled()).isTrue();
            server.engine().start();
            Chain<String> other = server.queue().start(new Work("b"));
            awaitStatus(other.lastJob().id(), Status.COMPLETED);
            assertThat(job(later.id()).job().scheduled()).isTrue();
        }
    }

    @Test
    default void jobsOfAHigherPriorityRunFirstAndAPriorityCanBeChanged() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        try (TestServer server = server().concurrency(1)
                .runs(Work.class, (input, attempt) -> {
                    order.add(input.name());
                    return Outcome.complete(input.name());
                })
                .prepare()) {
            Chain<String> low = server.queue().start(new Work("low"), StartOptions.NONE.withPriority(1));
            Chain<String> high = server.queue().start(new Work("high"), StartOptions.NONE.withPriority(8));
            Chain<String> raised = server.queue().start(new Work("raised"), StartOptions.NONE.withPriority(0));

            List<Job> changed = server.queue().prioritize(List.of(raised.id()), 9);

            assertThat(changed).extracting(Job::priority).containsExactly(9);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.queue().prioritize(List.of(low.id()), 10))
                    .withMessageContaining("10");
            server.engine().start();
            server.queue().await(low, DEADLINE);
            assertThat(order).containsExactly("raised", "high", "low");
            assertThat(high.lastJob().priority()).isEqualTo(8);
        }
    }
}
