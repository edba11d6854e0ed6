package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.First;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.spi.CommitFailedException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of a job whose attempt goes wrong, in every way that was seen to go wrong elsewhere. */
interface AttemptFailureContract extends EngineFixture {

    @Test
    default void aFailingJobIsTriedAgainUntilItsAttemptsAreUsedUp() {
        try (TestServer server = server().maxAttempts(3)
                .runs(Work.class, (input, attempt) -> {
                    throw new IllegalStateException("attempt " + attempt.number() + " after "
                            + attempt.previousError().isPresent());
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            Job job = job(chain.lastJob().id()).job();
            assertThat(job.attempt()).isEqualTo(3);
            assertThat(job.failures()).isEqualTo(3);
            assertThat(job.lastError()).contains("IllegalStateException", "attempt 3 after true");
            eventually(() -> assertThat(server.events.endsOf(job.id()))
                    .containsExactlyInAnyOrder(AttemptEnd.FAILED, AttemptEnd.FAILED, AttemptEnd.FAILED_FOR_GOOD));
        }
    }

    @Test
    default void aFailedJobWaitsForItsBackoff() {
        try (TestServer server = server().backoff(Duration.ofMinutes(5))
                .runs(Work.class, (input, attempt) -> {
                    if (attempt.number() == 1) {
                        throw new IllegalStateException("once");
                    }
                    return Outcome.complete("second");
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            eventually(() ->
                    assertThat(job(chain.lastJob().id()).job()).matches(job -> job.scheduled() && job.failures() == 1));
            advance(Duration.ofMinutes(5));
            awaitStatus(chain.lastJob().id(), Status.COMPLETED);
            assertThat(job(chain.lastJob().id()).job().lastError()).contains("once");
        }
    }

    @Test
    default void whatAFailedAttemptWroteIsGone() {
        try (TestServer server = server()) {
            server.runs(Work.class, (input, attempt) -> {
                        server.queue().start(new First(1));
                        throw new IllegalStateException("after the first write");
                    })
                    .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, 1)))
                    .runs(Next.class, (input, attempt) -> Outcome.complete("never"))
                    .maxAttempts(1)
                    .start();
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(server.events.started).extracting(Job::type).containsExactly("work");
            assertThat(server.queue()
                            .jobs(ee.jobqueue.JobFilter.ALL, ee.jobqueue.PageRequest.first(10))
                            .entries())
                    .hasSize(1);
        }
    }

    @Test
    default void anAttemptWhoseCommitFailsIsCountedAndWaits() {
        AtomicInteger runs = new AtomicInteger();
        try (TestServer server = server().backoff(Duration.ofMinutes(5))
                .runs(Work.class, (input, attempt) -> {
                    runs.incrementAndGet();
                    harness().transactions().setRollbackOnly();
                    return Outcome.complete("never");
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            eventually(
                    () -> assertThat(job(chain.lastJob().id()).job().failures()).isEqualTo(1));
            assertThat(job(chain.lastJob().id()).job().scheduled()).isTrue();
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    default void anAttemptWithoutAnOutcomeFailsWithAClearMessage() {
        try (TestServer server = server().maxAttempts(1)
                .runs(Work.class, (input, attempt) -> null)
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(job(chain.lastJob().id()).job().lastError()).contains("'work'", "returned null");
        }
    }

    @Test
    default void aContinuationThatIsNotDeclaredFailsTheAttempt() {
        try (TestServer server = server().maxAttempts(1)
                .runs(Work.class, (input, attempt) -> Outcome.continueWith(new Next(1, 2)))
                .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, 2)))
                .runs(Next.class, (input, attempt) -> Outcome.complete("never"))
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(job(chain.lastJob().id()).job().lastError()).contains("continuesWith", Work.class.getName());
        }
    }

    @Test
    default void aTransientErrorSendsTheJobBackUncountedAtMostFiveTimesInARow() {
        List<Integer> attempts = Collections.synchronizedList(new java.util.ArrayList<>());
        try (TestServer server = server().backoff(Duration.ofMinutes(5))
                .runs(Work.class, (input, attempt) -> {
                    attempts.add(attempt.number());
                    return Outcome.complete("ok");
                })
                .start()) {
            server.store.disturb("complete", call -> {
                throw new StoreUnavailableException("a deadlock", true, new IllegalStateException());
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            eventually(
                    () -> assertThat(job(chain.lastJob().id()).job().failures()).isEqualTo(1));
            assertThat(attempts).containsExactly(1, 2, 3, 4, 5, 6);
            eventually(() -> assertThat(server.events.endsOf(chain.lastJob().id()))
                    .containsExactlyInAnyOrder(
                            AttemptEnd.CONFLICT,
                            AttemptEnd.CONFLICT,
                            AttemptEnd.CONFLICT,
                            AttemptEnd.CONFLICT,
                            AttemptEnd.CONFLICT,
                            AttemptEnd.FAILED));
        }
    }

    @Test
    default void aCommitWhoseAcknowledgementIsLostIsNeitherRepeatedNorReportedAsFailed() {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        try (TestServer server = server().runs(Work.class, (input, attempt) -> {
                    runs.incrementAndGet();
                    ranOn.set(Thread.currentThread());
                    return Outcome.complete("done");
                })
                .start()) {
            AtomicInteger lost = new AtomicInteger();
            server.transactions.disturb("inNew", call -> {
                Object result = call.proceed();
                if (Thread.currentThread() == ranOn.get() && lost.compareAndSet(0, 1)) {
                    throw new CommitFailedException("the connection broke", null);
                }
                return result;
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.COMPLETED));
            assertThat(lost).hasValue(1);
            assertThat(runs).hasValue(1);
            assertThat(job(chain.lastJob().id()).job())
                    .matches(job -> job.status() == Status.COMPLETED && job.failures() == 0 && job.lastError() == null);
        }
    }

    @Test
    default void aFailureThatCannotBeRecordedAtOnceIsRecordedLater() {
        try (TestServer server = server().maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    throw new IllegalStateException("broken");
                })
                .start()) {
            AtomicInteger refused = new AtomicInteger();
            server.store.disturb("fail", call -> {
                if (refused.incrementAndGet() <= 3) {
                    throw new StoreUnavailableException("no connection", false, new IllegalStateException());
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(refused).hasValue(4);
            assertThat(job(chain.lastJob().id()).job().attempt()).isEqualTo(1);
        }
    }

    @Test
    default void aFailingListenerReachesNobodyAndIsCounted() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete("done"))
                .start()) {
            server.events.failing = true;

            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            eventually(() -> assertThat(server.events.listenerFailures).hasValue(2));
        }
    }

    @Test
    default void aStoreErrorThatTheCallerCatchesStillRollsTheCallerBack() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete("done"))
                .prepare()) {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(CommitFailedException.class)
                    .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                        server.queue().start(new Work("own write"));
                        server.store.disturb("start", call -> {
                            throw new StoreUnavailableException("refused", false, new IllegalStateException());
                        });
                        try {
                            server.queue().start(new Work("b"));
                        } catch (StoreUnavailableException e) {
                            // as careless callers do
                        }
                        return null;
                    }));
            assertThat(server.events.started).isEmpty();
        }
    }

    @Test
    default void aCallWithoutATransactionIsRepeatedAfterATransientErrorAndOneWithinIsNot() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete("done"))
                .start()) {
            AtomicInteger refused = new AtomicInteger();
            server.store.disturb("start", call -> {
                if (refused.incrementAndGet() < 4) {
                    throw new StoreUnavailableException("a write conflict", true, new IllegalStateException());
                }
                return call.proceed();
            });

            Chain<String> chain = server.queue().start(new Work("a"));
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            assertThat(refused).hasValue(4);

            refused.set(0);
            org.assertj.core.api.Assertions.assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> harness()
                            .transactions()
                            .inNew(null, () -> server.queue().start(new Work("b"))))
                    .satisfies(e -> assertThat(e.isTransient()).isTrue());
            assertThat(refused).hasValue(1);
        }
    }
}
