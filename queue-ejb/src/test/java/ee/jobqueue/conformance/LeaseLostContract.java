package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Attempt;
import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.spi.Reaped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * An attempt that was told by its own server that its lease is over, while the store holds the job for it still: nobody has
 * reaped it.
 */
interface LeaseLostContract extends EngineFixture {

    @Test
    default void anAtomicAttemptThatLostItsLeaseCommitsNothing() throws Exception {
        try (TestServer server = losing()) {
            server.runs(Work.class, (input, attempt) -> {
                if (attempt.number() > 1) {
                    return Outcome.complete("second");
                }
                server.queue().start(new Work("never"));
                awaitLoss(attempt);
                return Outcome.complete("dummy");
            });
            loses(server);
            assertThat(server.events.started).hasSize(1);
        }
    }

    @Test
    default void aStagedAttemptThatLostItsLeaseCommitsNothing() throws Exception {
        try (TestServer server = losing()) {
            server.runsStaged(Work.class, (input, attempt) -> {
                if (attempt.number() > 1) {
                    return Outcome.complete("second");
                }
                awaitLoss(attempt);
                return Outcome.complete("dummy");
            });
            loses(server);
        }
    }

    @Test
    default void lastWritesThatLearnOfTheLossDoNotCommit() throws Exception {
        try (TestServer server = losing()) {
            server.runsStaged(
                    Work.class,
                    (input, attempt) -> Outcome.inTransaction(() -> {
                        if (attempt.number() > 1) {
                            return Outcome.complete("second");
                        }
                        server.queue().start(new Work("never"));
                        awaitLoss(attempt);
                        return Outcome.complete("dummy");
                    }));
            loses(server);
            assertThat(server.events.started).hasSize(1);
        }
    }

    @Test
    default void whatIsPreparedAfterTheLossDoesNotCommit() throws Exception {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        try (TestServer server = losing()) {
            server.runsStaged(Work.class, (input, attempt) -> {
                if (attempt.number() > 1) {
                    return Outcome.complete("second");
                }
                try {
                    attempt.prepare(() -> {
                        awaitLoss(attempt);
                        return server.queue().start(new Work("never"));
                    });
                } catch (LeaseLostException e) {
                    refusal.set(e);
                }
                return Outcome.complete("dummy");
            });
            loses(server);
            assertThat(refusal.get()).isInstanceOf(LeaseLostException.class);
            assertThat(server.events.started).hasSize(1);
        }
    }

    /** Its job is put back by whoever reaps it, which counts. */
    @Test
    default void anErrorAfterTheLossIsNotRecorded() throws Exception {
        try (TestServer server = losing()) {
            server.runsStaged(Work.class, (input, attempt) -> {
                if (attempt.number() > 1) {
                    return Outcome.complete("second");
                }
                awaitLoss(attempt);
                throw new IllegalStateException("interrupted by the loss");
            });
            loses(server);
            assertThat(server.store.calls("fail")).isZero();
        }
    }

    /** A server whose lease is short and whose renewals fail; nobody reaps its jobs yet. */
    private TestServer losing() {
        TestServer server = server().concurrency(1).lease(Duration.ofMillis(300));
        server.store.disturb("renew", call -> {
            throw new StoreUnavailableException("no connection", true, new IllegalStateException());
        });
        server.store.disturb("reap", call -> Reaped.NONE);
        return server;
    }

    private void loses(TestServer server) throws Exception {
        server.start();
        Chain<String> chain = server.queue().start(new Work("a"));

        eventually(() -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
        assertThat(job(chain.lastJob().id()).job())
                .matches(job -> job.status() == Status.RUNNING && job.attempt() == 1 && job.failures() == 0);

        server.store.leave("renew");
        server.store.leave("reap");
        assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("second");
        assertThat(job(chain.lastJob().id()).job())
                .matches(job -> job.attempt() > 1 && job.failures() == job.attempt() - 1);
    }

    private void awaitLoss(Attempt attempt) {
        eventually(() -> assertThat(attempt.cancellation()).contains(CancellationReason.LEASE_LOST));
    }
}
