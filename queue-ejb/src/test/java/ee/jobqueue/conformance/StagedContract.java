package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.First;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Staged attempts: no transaction around the body, one for its preparation, one for its finish. */
interface StagedContract extends EngineFixture {

    @Test
    default void theBodyRunsWithoutATransactionAndItsEndsRunInOne() throws Exception {
        List<Boolean> inTransaction = new CopyOnWriteArrayList<>();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    inTransaction.add(harness().transactions().isActive());
                    attempt.prepare(
                            () -> inTransaction.add(harness().transactions().isActive()));
                    inTransaction.add(harness().transactions().isActive());
                    return Outcome.inTransaction(() -> {
                        inTransaction.add(harness().transactions().isActive());
                        return Outcome.complete("done");
                    });
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            assertThat(inTransaction).containsExactly(false, true, false, true);
        }
    }

    @Test
    default void aTransientErrorRepeatsTheFinishAlone() throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        AtomicInteger finishes = new AtomicInteger();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    bodies.incrementAndGet();
                    return Outcome.inTransaction(() -> {
                        finishes.incrementAndGet();
                        return Outcome.complete("done");
                    });
                })
                .start()) {
            server.store.disturb("complete", call -> {
                if (finishes.get() < 4) {
                    throw new StoreUnavailableException("a deadlock", true, new IllegalStateException());
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            assertThat(bodies).hasValue(1);
            assertThat(finishes).hasValue(4);
            assertThat(job(chain.lastJob().id()).job().attempt()).isEqualTo(1);
        }
    }

    @Test
    default void anOutageRepeatsTheFinishForAsLongAsItLasts() throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        AtomicReference<Thread> finishing = new AtomicReference<>();
        AtomicInteger refused = new AtomicInteger();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    bodies.incrementAndGet();
                    finishing.set(Thread.currentThread());
                    return Outcome.complete("done");
                })
                .start()) {
            server.store.disturb("isOutage", call -> true);
            server.transactions.disturb("inNew", call -> {
                boolean isDown =
                        finishing.get() != null && refused.get() < 12; // the finish, then the question, 6 times
                if (isDown && Thread.currentThread() == finishing.get()) {
                    refused.incrementAndGet();
                }
                if (isDown) {
                    throw new StoreUnavailableException("no connection", true, new IllegalStateException());
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("done");
            assertThat(bodies).hasValue(1);
            assertThat(job(chain.lastJob().id()).job()).matches(job -> job.attempt() == 1 && job.failures() == 0);
        }
    }

    @Test
    default void anOutageOfAnotherResourceCountsAfterFiveRepetitions() {
        AtomicInteger finishes = new AtomicInteger();
        try (TestServer server = server().maxAttempts(1)
                .runsStaged(
                        Work.class,
                        (input, attempt) -> Outcome.inTransaction(() -> {
                            finishes.incrementAndGet();
                            throw new SQLTransientConnectionException("another pool");
                        }))
                .start()) {
            server.store.disturb("isOutage", call -> true); // as a store on SQL thinks
            server.store.disturb("isTransient", call -> true);
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(finishes).hasValue(6);
            assertThat(job(chain.lastJob().id()).job())
                    .matches(job -> job.failures() == 1 && job.lastError().contains("another pool"));
        }
    }

    /** Such as a pool that is empty for ever, while the renewals have a connection of their own. */
    @Test
    default void anOutageThatTheRenewalsDoNotSeeHasAnEnd() {
        try (TestServer server = server().maxAttempts(1)
                .runsStaged(Work.class, (input, attempt) -> Outcome.complete("done"))
                .start()) {
            server.store.disturb("isOutage", call -> true);
            for (String verb : List.of("complete", "hold")) {
                server.store.disturb(verb, call -> {
                    throw new StoreUnavailableException("no connection", true, new IllegalStateException());
                });
            }
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(job(chain.lastJob().id()).job().failures()).isEqualTo(1);
        }
    }

    @Test
    default void aFinishThatAnOutageKeepsFromAStoppingWorkerCountsNoFailure() {
        CountDownLatch refused = new CountDownLatch(1);
        Chain<String> chain;
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> Outcome.complete("done"))
                .start()) {
            server.store.disturb("isOutage", call -> true);
            server.store.disturb("complete", call -> {
                refused.countDown();
                throw new StoreUnavailableException("no connection", true, new IllegalStateException());
            });
            chain = server.queue().start(new Work("a"));
            EngineFixture.signal(refused);
        }

        assertThat(job(chain.lastJob().id()).job())
                .matches(job -> job.status() == Status.PENDING && job.failures() == 0);
    }

    @Test
    default void anAttemptThatTakesTooLongIsToldAndItsOutcomeRefused() {
        CountDownLatch told = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        CountDownLatch finished = new CountDownLatch(1);
        try (TestServer server = server().timeout(Duration.ofMillis(100))
                .maxAttempts(1)
                .runsStaged(Work.class, (input, attempt) -> {
                    EngineFixture.signal(told);
                    attempt.cancellation().ifPresent(reason::set);
                    finished.countDown();
                    return Outcome.complete("too late");
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            told.countDown();
            EngineFixture.signal(finished);
            assertThat(reason).hasValue(CancellationReason.TIMED_OUT);
            assertThat(job(chain.lastJob().id()).job())
                    .matches(job ->
                            job.status() == Status.FAILED && job.lastError().contains("timeout"));
        }
    }

    @Test
    default void completionFromOutsideTellsTheRunningAttemptAndItsOutcomeIsRefused() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    EngineFixture.signal(decided);
                    attempt.cancellation().ifPresent(reason::set);
                    return Outcome.complete("from the worker");
                })
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);

            server.queue().complete(chain.id(), Work.class, input -> Outcome.complete("from outside"));
            decided.countDown();

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("from outside");
            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
            assertThat(reason).hasValue(CancellationReason.COMPLETED_ELSEWHERE);
            assertThat(server.queue()
                            .chain(chain.id(), Work.class)
                            .orElseThrow()
                            .output())
                    .contains("from outside");
        }
    }

    @Test
    default void whatIsStartedInTheFinishCommitsWithIt() throws Exception {
        try (TestServer server = server()) {
            server.runsStaged(
                            Work.class,
                            (input, attempt) -> Outcome.inTransaction(() -> {
                                Chain<String> other = server.queue().start(new First(1));
                                return Outcome.complete(other.id().value());
                            }))
                    .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, 1)))
                    .runs(Next.class, (input, attempt) -> Outcome.complete("started by the finish"))
                    .start();
            Chain<String> chain = server.queue().start(new Work("a"));

            String other = server.queue().await(chain, DEADLINE);

            eventually(() -> assertThat(server.queue()
                            .chain(new ee.jobqueue.ChainId(other), First.class)
                            .orElseThrow()
                            .output())
                    .contains("started by the finish"));
        }
    }
}
