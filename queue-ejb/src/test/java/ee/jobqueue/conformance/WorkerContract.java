package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The worker: slots, lease, reaping, lost messages, start and stop. */
interface WorkerContract extends EngineFixture {

    @Test
    default void aWorkerWithoutAFreeSlotAsksTheStoreForNothing() {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer server = server().concurrency(2)
                .runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    EngineFixture.signal(release);
                    return Outcome.complete(input.name());
                })
                .start()) {
            server.queue().start(new Work("a"));
            server.queue().start(new Work("b"));
            EngineFixture.signal(running);
            int acquires = server.store.calls("acquire");

            for (int i = 0; i < 20; i++) {
                server.queue().start(new Work("due " + i));
            }
            int renewals = server.store.calls("renew");
            eventually(() -> assertThat(server.store.calls("renew")).isGreaterThan(renewals + 3));

            assertThat(server.store.calls("acquire")).isEqualTo(acquires);
            release.countDown();
            eventually(() -> assertThat(server.events.ended).hasSize(22));
        }
    }

    @Test
    default void aJobStartsWhenItIsDueAndNotBefore() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"), StartOptions.NONE.after(Duration.ofHours(1)));
            Chain<String> now = server.queue().start(new Work("b"));

            assertThat(server.queue().await(now, DEADLINE)).isEqualTo("b");
            assertThat(job(chain.lastJob().id()).job().scheduled()).isTrue();
            advance(Duration.ofHours(1));
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("a");
        }
    }

    @Test
    default void oneFailedRenewalCostsNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    EngineFixture.signal(release);
                    return Outcome.complete(
                            attempt.cancellation().map(Enum::name).orElse("undisturbed"));
                })
                .start()) {
            AtomicInteger failures = new AtomicInteger();
            server.store.disturb("renew", call -> {
                if (failures.incrementAndGet() <= 2) {
                    throw new StoreUnavailableException("no connection", false, new IllegalStateException());
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));
            eventually(() -> assertThat(failures.get()).isGreaterThan(3));

            release.countDown();

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("undisturbed");
        }
    }

    @Test
    default void aServerThatWasPausedPastItsLeaseCompletesNothing() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        // its one slot is taken: otherwise its dispatcher, which is not paused, might get the job again
        try (TestServer paused = server().concurrency(1)
                        .renewInterval(Duration.ofHours(1))
                        .runsStaged(Work.class, (input, attempt) -> {
                            running.countDown();
                            EngineFixture.signal(resumed);
                            attempt.cancellation().ifPresent(reason::set);
                            return Outcome.complete("from the paused worker");
                        })
                        .start();
                TestServer other = server().runsStaged(
                                Work.class, (input, attempt) -> Outcome.complete("attempt " + attempt.number()))) {
            Chain<String> chain = paused.queue().start(new Work("a"));
            EngineFixture.signal(running);
            other.start();

            advance(LEASE_AND_MORE);
            assertThat(other.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            resumed.countDown();

            eventually(
                    () -> assertThat(paused.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
            eventually(() -> assertThat(other.events.reaped)
                    .extracting(job -> job.id())
                    .containsExactly(chain.lastJob().id()));
            assertThat(job(chain.lastJob().id()).job())
                    .matches(job -> job.status() == Status.COMPLETED && job.attempt() == 2 && job.failures() == 1);
        }
    }

    @Test
    default void aWorkerThatFindsItsLeaseOverTellsItsAttemptsAndGoesOnUnderANewId() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        List<String> workers = new CopyOnWriteArrayList<>();
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
            workers.add(attempt.job().worker());
            running.countDown();
            if (input.name().equals("long")) {
                eventually(() -> assertThat(attempt.cancellation()).isPresent());
                attempt.cancellation().ifPresent(reason::set);
            }
            return Outcome.complete(input.name());
        })) {
            server.start();
            Chain<String> chain = server.queue().start(new Work("long"));
            EngineFixture.signal(running);

            server.store.disturb("renew", call -> new ee.jobqueue.spi.Renewal(false, false));
            eventually(() -> assertThat(reason).hasValue(CancellationReason.LEASE_LOST));
            server.store.leave("renew");

            Chain<String> next = server.queue().start(new Work("next"));
            assertThat(server.queue().await(next, DEADLINE)).isEqualTo("next");
            assertThat(workers).doesNotHaveDuplicates();
            assertThat(chain.id()).isNotEqualTo(next.id());
        }
    }

    @Test
    default void jobsWhoseAcquireWasNeverAnsweredGoBack() throws Exception {
        try (TestServer server =
                server().runs(Work.class, (input, attempt) -> Outcome.complete("attempt " + attempt.number()))) {
            AtomicInteger lost = new AtomicInteger();
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (result instanceof ee.jobqueue.spi.Acquired acquired
                        && !acquired.jobs().isEmpty()
                        && lost.compareAndSet(0, 1)) {
                    throw new ee.jobqueue.spi.CommitFailedException("the connection broke", null);
                }
                return result;
            });
            server.start(); // a poll that began before would take the job undisturbed
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            assertThat(lost).hasValue(1);
            assertThat(job(chain.lastJob().id()).job().failures()).isZero();
        }
    }

    @Test
    default void jobsWhoseAcquireWasNeverAnsweredGoBackThoughTheNextLookFailsToo() throws Exception {
        try (TestServer server =
                server().runs(Work.class, (input, attempt) -> Outcome.complete("attempt " + attempt.number()))) {
            AtomicInteger lost = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (result instanceof ee.jobqueue.spi.Acquired acquired
                        && !acquired.jobs().isEmpty()
                        && lost.compareAndSet(0, 1)) {
                    throw new ee.jobqueue.spi.CommitFailedException("the connection broke", null);
                }
                return result;
            });
            server.store.disturb("running", call -> {
                if (lost.get() == 1 && refused.incrementAndGet() <= 2) {
                    throw new StoreUnavailableException("no connection", true, new IllegalStateException());
                }
                return call.proceed();
            });
            server.start(); // a poll that began before would take the job undisturbed
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            assertThat(refused.get()).isGreaterThan(2);
            assertThat(job(chain.lastJob().id()).job().failures()).isZero();
        }
    }

    @Test
    default void aStoppingWorkerTellsItsAttemptsAndWaitsForThem() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        Chain<String> chain;
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    eventually(() -> assertThat(attempt.cancellation()).isPresent());
                    attempt.cancellation().ifPresent(reason::set);
                    return Outcome.complete("in time");
                })
                .start()) {
            chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);
        }

        assertThat(reason).hasValue(CancellationReason.WORKER_STOPPING);
        assertThat(job(chain.lastJob().id()).job().status()).isEqualTo(Status.COMPLETED);
    }

    /** What still runs when the application has stopped is interrupted by the server. */
    @Test
    default void aStoppingWorkerWaitsForAnAcquireUnderWayAndGivesBackWhatItBrings() throws Exception {
        CountDownLatch acquired = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean underWay = new AtomicBoolean();
        AtomicBoolean underWayAtTheEnd = new AtomicBoolean();
        TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()));
        server.transactions.disturb("inNew", call -> {
            Object result = call.proceed();
            if (result instanceof ee.jobqueue.spi.Acquired found
                    && !found.jobs().isEmpty()) {
                underWay.set(true);
                acquired.countDown();
                EngineFixture.signal(answer);
                underWay.set(false);
            }
            return result;
        });
        server.store.disturb("retire", call -> {
            underWayAtTheEnd.set(underWay.get());
            return call.proceed();
        });
        server.start();
        Chain<String> chain = server.queue().start(new Work("a"));
        EngineFixture.signal(acquired);

        Thread stop = new Thread(server::close, "stop");
        stop.start();
        eventually(() -> assertThat(stop.getState()).isEqualTo(Thread.State.TIMED_WAITING));
        answer.countDown();
        stop.join();

        assertThat(underWayAtTheEnd).isFalse();
        assertThat(job(chain.lastJob().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aStoreThatIsDownAtStartIsTriedAgainWhileCallsAreRefused() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            server.store.disturb("prepare", call -> {
                throw new StoreUnavailableException("no connection", false, new IllegalStateException());
            });
            server.start();

            assertThat(server.engine().isReady()).isFalse();
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> server.queue().start(new Work("a")));

            server.store.leave("prepare");
            eventually(() -> assertThat(server.engine().isReady()).isTrue());
            Chain<String> chain = server.queue().start(new Work("b"));
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("b");
        }
    }

    @Test
    default void anErrorBelowTheStoreThatIsTriedAgainDoesNotEndTheTries() {
        AtomicInteger tries = new AtomicInteger();
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            server.store.disturb("prepare", call -> {
                if (tries.incrementAndGet() == 1) {
                    throw new StoreUnavailableException("no connection", false, new IllegalStateException());
                }
                if (tries.get() <= 3) {
                    throw new NoClassDefFoundError("a class of the driver");
                }
                return call.proceed();
            });
            server.start();

            eventually(() -> assertThat(server.engine().isReady()).isTrue());
        }
    }

    @Test
    default void aStoreThatGoesDownIsAskedAgainWithoutHelp() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            AtomicInteger refused = new AtomicInteger();
            server.store.disturb("acquire", call -> {
                if (refused.incrementAndGet() <= 3) {
                    throw new StoreUnavailableException("no connection", false, new IllegalStateException());
                }
                return call.proceed();
            });
            eventually(() -> assertThat(refused.get()).isPositive()); // no undisturbed call is under way
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("a");
            assertThat(refused.get()).isGreaterThan(3);
        }
    }

    @Test
    default void anErrorBelowTheStoreDoesNotEndTheWorker() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            AtomicInteger acquires = new AtomicInteger();
            AtomicInteger renewals = new AtomicInteger();
            server.store.disturb("acquire", call -> failing(acquires, call));
            server.store.disturb("renew", call -> failing(renewals, call));
            eventually(() -> assertThat(renewals.get()).isGreaterThan(3));
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("a");
            assertThat(acquires.get()).isGreaterThan(2);
        }
    }

    private static Object failing(AtomicInteger calls, Interception.Call call) throws Throwable {
        if (calls.incrementAndGet() <= 2) {
            throw new NoClassDefFoundError("a class of the driver, of which the disk has lost the jar");
        }
        return call.proceed();
    }

    @Test
    default void readinessFollowsWhatTheWorkerHearsFromTheStore() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            eventually(() -> assertThat(server.engine().isReady()).isTrue());
            Interception.Disturbance down = call -> {
                throw new StoreUnavailableException("no connection", true, new IllegalStateException());
            };
            server.store.disturb("isOutage", call -> true);
            server.store.disturb("acquire", down);
            server.store.disturb("renew", down);
            eventually(() -> assertThat(server.engine().isReady()).isFalse());
            int acquires = server.store.calls("acquire");

            server.store.leave("renew");
            eventually(() -> assertThat(server.engine().isReady()).isTrue());
            server.store.leave("acquire");
            eventually(() -> assertThat(server.store.calls("acquire")).isGreaterThan(acquires + 1));

            assertThat(server.engine().isReady()).isTrue();
        }
    }

    @Test
    default void aConflictIsNoOutage() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            eventually(() -> assertThat(server.store.calls("acquire")).isPositive());
            Interception.Disturbance conflict = call -> {
                throw new StoreUnavailableException("a deadlock", true, new IllegalStateException());
            };
            server.store.disturb("acquire", conflict);
            server.store.disturb("renew", conflict);
            int acquires = server.store.calls("acquire");
            int renewals = server.store.calls("renew");
            eventually(() -> {
                assertThat(server.store.calls("acquire")).isGreaterThan(acquires + 1);
                assertThat(server.store.calls("renew")).isGreaterThan(renewals + 1);
                assertThat(server.engine().isReady()).isTrue();
            });
        }
    }

    @Test
    default void typesInTheStoreThatNobodyKnowsAreNamedAndTheirJobsAreLeftAlone() {
        StoredJob renamed = start(NewJobs.of("renamed-type"));
        try (LogLines log = new LogLines();
                TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            advance(Duration.ofMinutes(2)); // a sweep is due
            server.start();

            eventually(() -> assertThat(log.all())
                    .anySatisfy(line -> assertThat(line).contains("renamed-type", "@JobType", "deployed")));
            assertThat(job(renamed.job().id()).job().status()).isEqualTo(Status.PENDING);
        }
    }
}
