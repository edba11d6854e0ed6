package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.CancellationReason;
import ee.jobqueue.Cascade;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartOptions;
import ee.jobqueue.conformance.EngineJobs.Join;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Deleting chains while servers work on them. */
interface DeletionContract extends EngineFixture {

    /** A server whose attempts run until they are told why not to. */
    default TestServer listening(CountDownLatch running, AtomicReference<CancellationReason> reason) {
        return server().runsStaged(Work.class, (input, attempt) -> {
            running.countDown();
            eventually(() -> assertThat(attempt.cancellation()).isPresent());
            attempt.cancellation().ifPresent(reason::set);
            return Outcome.complete("too late");
        });
    }

    @Test
    default void aRunningAttemptIsToldThatItsChainWasDeletedAndEndsWithoutAFailure() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server =
                listening(running, reason).renewInterval(Duration.ofHours(1)).start()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);

            assertThat(server.queue().delete(Set.of(chain.id()), Cascade.NONE)).containsExactly(chain.id());

            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
            assertThat(reason).hasValue(CancellationReason.DELETED);
            assertThat(server.events.deleted).extracting(Job::chainId).containsExactly(chain.id());
            assertThat(store().counts()).isEmpty();
        }
    }

    @Test
    default void anAttemptInAnotherServerIsToldAtItsNextRenewal() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<CancellationReason> reason = new AtomicReference<>();
        try (TestServer server = listening(running, reason).start();
                TestServer other = listening(running, reason).prepare()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);

            other.queue().delete(Set.of(chain.id()), Cascade.NONE);

            eventually(() -> assertThat(reason).hasValue(CancellationReason.DELETED));
            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.ABANDONED));
        }
    }

    @Test
    default void whoAwaitsADeletedChainLearnsThatItIsGone() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            Chain<String> chain = server.queue().start(new Work("a"));
            List<Ending<String>> endings =
                    AtOnce.onThreads(List.of(() -> server.queue().await(chain, DEADLINE), () -> {
                        server.queue().delete(Set.of(chain.id()), Cascade.NONE);
                        return "deleted";
                    }));

            assertThat(endings.get(1).committed()).isEqualTo("deleted");
            assertThat(endings.get(0).error()).isInstanceOf(ChainNotFoundException.class);
        }
    }

    @Test
    default void aDeletionJoinsTheCallersTransaction() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .runs(Join.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            Chain<String> blocker = server.queue().start(new Work("a"));
            Chain<String> waiting = server.queue().start(new Join("b"), StartOptions.NONE.blockedBy(blocker.id()));
            assertThatExceptionOfType(BlockerInUseException.class)
                    .isThrownBy(() -> server.queue().delete(Set.of(blocker.id()), Cascade.NONE));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                        server.queue().delete(Set.of(waiting.id()), Cascade.BLOCKERS);
                        throw new IllegalStateException("rolled back");
                    }));
            assertThat(server.events.deleted).isEmpty();
            assertThat(store().chain(waiting.id())).isPresent();

            assertThat(server.queue().delete(Set.of(waiting.id()), Cascade.BLOCKERS))
                    .containsExactlyInAnyOrder(waiting.id(), blocker.id());
            assertThat(server.queue().delete(Set.of(), Cascade.NONE)).isEmpty();
            assertThat(server.events.deleted).hasSize(2);
        }
    }
}
