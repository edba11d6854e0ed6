package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Renewal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The lease of a worker: nothing that waits for a lock, or for an answer, keeps it from being renewed. */
interface LeaseKeepingContract extends EngineFixture {

    @Test
    default void aReapThatWaitsStopsNoRenewal() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            CountDownLatch answer = new CountDownLatch(1);
            CountDownLatch waiting = new CountDownLatch(1);
            server.start();
            server.store.disturb("reap", call -> {
                waiting.countDown();
                EngineFixture.signal(answer);
                return call.proceed();
            });
            server.store.disturb("renew", call -> new Renewal(((Renewal) call.proceed()).kept(), true));
            EngineFixture.signal(waiting);

            assertRenewalsGoOnBeside(server, answer);
        }
    }

    @Test
    default void aLookAtTheRunningJobsThatWaitsStopsNoRenewal() {
        assertStopsNoRenewal("running");
    }

    @Test
    default void aLookAtAJobThatWaitsStopsNoRenewal() {
        assertStopsNoRenewal("job");
    }

    @Test
    default void aSweepThatWaitsStopsNoRenewal() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            CountDownLatch answer = new CountDownLatch(1);
            CountDownLatch waiting = new CountDownLatch(1);
            server.store.disturb("sweep", call -> {
                waiting.countDown();
                EngineFixture.signal(answer);
                return call.proceed();
            });
            server.start();
            EngineFixture.signal(waiting);

            assertRenewalsGoOnBeside(server, answer);
        }
    }

    /** The store names none of the running attempts, so that each tick looks for them. */
    private void assertStopsNoRenewal(String verb) {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    EngineFixture.signal(release);
                    return Outcome.complete(input.name());
                })
                .start()) {
            server.queue().start(new Work("a"));
            EngineFixture.signal(running);
            if (!verb.equals("running")) {
                server.store.disturb("running", call -> List.of());
            }
            server.store.disturb(verb, call -> {
                waiting.countDown();
                EngineFixture.signal(answer);
                return call.proceed();
            });
            EngineFixture.signal(waiting);

            assertRenewalsGoOnBeside(server, answer);
            release.countDown();
        }
    }

    @Test
    default void aRenewalThatHangsIsFollowedByTheNext() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    EngineFixture.signal(release);
                    return Outcome.complete(
                            attempt.cancellation().map(Enum::name).orElse("undisturbed"));
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);
            server.store.disturb("renew", call -> {
                if (hangs.compareAndSet(false, true)) {
                    EngineFixture.signal(answer);
                    throw new StoreUnavailableException("the connection is lost", true, new IllegalStateException());
                }
                return call.proceed();
            });
            eventually(() -> assertThat(hangs).isTrue());

            assertRenewalsGoOnBeside(server, answer);
            assertRenewalsGoOn(server);
            release.countDown();
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("undisturbed");
        }
    }

    @Test
    default void whenNoRenewalIsAnsweredTheAttemptsAreToldAtTheEndOfTheLease() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (LogLines log = new LogLines();
                TestServer server = server().lease(Duration.ofSeconds(1))
                        .renewInterval(Duration.ofMillis(300))
                        .runsStaged(Work.class, (input, attempt) -> {
                            running.countDown();
                            eventually(() -> assertThat(attempt.cancellation()).isPresent());
                            attempt.cancellation().ifPresent(reason::set);
                            return Outcome.complete(input.name());
                        })) {
            server.start();
            server.queue().start(new Work("a"));
            EngineFixture.signal(running);
            server.store.disturb("renew", call -> {
                EngineFixture.signal(answer);
                return call.proceed();
            });

            eventually(() -> assertThat(reason).hasValue(CancellationReason.LEASE_LOST));
            answer.countDown();
            server.store.leave("renew");

            Chain<String> next = server.queue().start(new Work("next"));
            eventually(() -> assertThat(job(next.lastJob().id()).job().status()).isNotEqualTo(Status.PENDING));
            assertThat(log.all())
                    .anySatisfy(line -> assertThat(line).contains("has lost its lease", "waits since", "new id"));
        }
    }

    @Test
    default void aSlowRenewalSaysForWhatItWaited() {
        try (LogLines log = new LogLines();
                TestServer server = server().renewInterval(Duration.ofMillis(200))
                        .runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                        .start()) {
            eventually(() -> assertThat(server.events.renewals).isNotEmpty());
            AtomicBoolean isSlow = new AtomicBoolean();
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (result instanceof Renewal && isSlow.compareAndSet(false, true)) {
                    int before = server.store.calls("renew");
                    eventually(() -> assertThat(server.store.calls("renew")).isGreaterThan(before + 1));
                }
                return result;
            });

            eventually(() -> assertThat(log.all())
                    .anySatisfy(line -> assertThat(line)
                            .contains("renewing the lease of PT30S was slow", "for a thread", "for its commit")));
        }
    }

    @Test
    default void whatATickAsksIsAskedBeforeTheLeaseBegins() {
        AtomicReference<String> missing = new AtomicReference<>();
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            server.store.disturb("acquire", call -> {
                for (String verb : List.of("renew", "running", "job")) {
                    if (server.store.calls(verb) == 0) {
                        missing.compareAndSet(null, verb);
                    }
                }
                return call.proceed();
            });
            server.start();
            eventually(() -> assertThat(server.store.calls("acquire")).isPositive());

            assertThat(missing).hasNullValue();
        }
    }

    @Test
    default void aWorkerLooksForDeadOnesWhenItStarts() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .renewInterval(Duration.ofHours(1))
                .lease(Duration.ofHours(3))
                .start()) {
            eventually(() -> assertThat(server.store.calls("reap")).isPositive());
        }
    }

    @Test
    default void jobsWhoseAcquireWasNeverAnsweredGoBackAtTheFirstLook() throws Exception {
        AtomicBoolean isLost = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger looksBefore = new AtomicInteger();
        try (TestServer server =
                server().runs(Work.class, (input, attempt) -> Outcome.complete("attempt " + attempt.number()))) {
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (result instanceof Acquired acquired
                        && !acquired.jobs().isEmpty()
                        && isLost.compareAndSet(false, true)) {
                    looks.set(0);
                    throw new CommitFailedException("the connection broke", null);
                }
                return result;
            });
            server.store.disturb("running", call -> {
                looks.incrementAndGet();
                return call.proceed();
            });
            server.store.disturb("giveBack", call -> {
                looksBefore.compareAndSet(0, looks.get());
                return call.proceed();
            });
            server.start(); // a poll that began before would take the job undisturbed
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 2");
            assertThat(looksBefore).as("looks until the job went back").hasValue(1);
            assertThat(job(chain.lastJob().id()).job().failures()).isZero();
        }
    }

    @Test
    default void whatAnAcquireBringsLateIsNotTakenForLost() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean isLate = new AtomicBoolean();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    if (input.name().equals("is looked for")) {
                        running.countDown();
                        EngineFixture.signal(release);
                    }
                    return Outcome.complete("attempt " + attempt.number());
                })
                .start()) {
            server.queue().start(new Work("is looked for"));
            EngineFixture.signal(running);
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (result instanceof Acquired acquired
                        && !acquired.jobs().isEmpty()
                        && isLate.compareAndSet(false, true)) {
                    int looks = server.store.calls("running");
                    eventually(() -> assertThat(server.store.calls("running")).isGreaterThan(looks + 3));
                }
                return result;
            });

            Chain<String> chain = server.queue().start(new Work("is acquired late"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("attempt 1");
            assertThat(isLate).isTrue();
            release.countDown();
        }
    }

    /** Where one transaction writes at a time, what hangs has the one connection that writes: renewals go on when it has ended. */
    private void assertRenewalsGoOnBeside(TestServer server, CountDownLatch end) {
        if (has(Trait.SINGLE_WRITER)) {
            end.countDown();
        }
        assertRenewalsGoOn(server);
        end.countDown();
    }

    private void assertRenewalsGoOn(TestServer server) {
        int before = server.events.renewals.size();
        eventually(() -> assertThat(server.events.renewals.size()).isGreaterThan(before + 3));
    }
}
