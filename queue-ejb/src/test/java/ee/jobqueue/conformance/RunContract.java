package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.jobqueue.AwaitTimedOutException;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.PayloadTooLargeException;
import ee.jobqueue.StartOptions;
import ee.jobqueue.StartRequest;
import ee.jobqueue.Status;
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.TypeMismatchException;
import ee.jobqueue.conformance.EngineJobs.Decide;
import ee.jobqueue.conformance.EngineJobs.First;
import ee.jobqueue.conformance.EngineJobs.Join;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Start, run, continue, finish, look up, await: the engine on a store when nothing goes wrong. */
interface RunContract extends EngineFixture {

    @Test
    default void aChainRunsFromItsStartToItsOutput() throws Exception {
        try (TestServer server = server().runs(
                        First.class, (input, attempt) -> Outcome.continueWith(new Next(1, input.count())))
                .runs(Next.class, RunContract::next)
                .start()) {
            Chain<String> chain = server.queue().start(new First(4));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("4 jobs");
            assertThat(server.queue().jobs(chain.id()))
                    .extracting(Job::type, Job::position, Job::status, Job::attempt)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("first", 0, Status.COMPLETED, 1),
                            org.assertj.core.groups.Tuple.tuple("next", 1, Status.COMPLETED, 1),
                            org.assertj.core.groups.Tuple.tuple("next", 2, Status.COMPLETED, 1),
                            org.assertj.core.groups.Tuple.tuple("next", 3, Status.COMPLETED, 1));
            assertThat(server.queue().chain(chain.id(), First.class)).hasValueSatisfying(found -> {
                assertThat(found.status()).isEqualTo(Status.COMPLETED);
                assertThat(found.output()).contains("4 jobs");
                assertThat(found.endedAt()).isPresent();
            });
        }
    }

    @Test
    default void manyChainsRunOnFewSlotsEachOnce() throws Exception {
        try (TestServer server = server().concurrency(3)
                .runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            List<StartRequest<String>> requests = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> StartRequest.of(new Work("w" + i)))
                    .toList();

            List<Chain<?>> chains = server.queue().startAll(requests);

            eventually(() -> assertThat(server.events.ended).hasSize(200));
            assertThat(server.events.ended).allMatch(event -> event.end() == AttemptEnd.COMPLETED);
            for (int i = 0; i < chains.size(); i++) {
                assertThat(server.queue().await(chains.get(i), DEADLINE)).isEqualTo("w" + i);
            }
        }
    }

    @Test
    default void aStartThatRollsBackLeavesNothingAndTellsNobody() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .pollInterval(Duration.ofHours(1))
                .start()) {
            AtomicReference<Chain<String>> chain = new AtomicReference<>();
            int acquires = server.store.calls("acquire");

            assertThatThrownBy(() -> harness().transactions().inNew(null, () -> {
                        chain.set(server.queue().start(new Work("never")));
                        throw new IllegalArgumentException("the order is refused");
                    }))
                    .hasMessage("the order is refused");

            assertThat(server.queue().chain(chain.get().id(), Work.class)).isEmpty();
            assertThat(server.events.started).isEmpty();
            assertThat(server.store.calls("acquire") - acquires).isLessThanOrEqualTo(1); // the first
        }
    }

    @Test
    default void aStartIsToldAfterTheCommitAndNotBefore() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start()) {
            Chain<String> chain = harness().transactions().inNew(null, () -> {
                Chain<String> started = server.queue().start(new Work("later"));
                assertThat(server.events.started).isEmpty();
                return started;
            });

            assertThat(server.events.started).extracting(Job::chainId).containsExactly(chain.id());
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("later");
        }
    }

    @Test
    default void aJobReadsTheOutputsForWhichItWaited() throws Exception {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .runs(
                        Join.class,
                        (input, attempt) -> Outcome.complete(attempt.blockerOutput(1, Work.class)
                                + attempt.blockerOutput(0, Work.class)
                                + attempt.blockers().size()))
                .start()) {
            Chain<String> a = server.queue().start(new Work("a"), StartOptions.NONE.after(Duration.ofMillis(50)));
            Chain<String> b = server.queue().start(new Work("b"));
            Chain<String> join = server.queue()
                    .start(new Join("j"), StartOptions.NONE.blockedBy(a.id()).blockedBy(b.id()));

            assertThat(server.queue().await(join, DEADLINE)).isEqualTo("ba2");
            assertThat(server.queue().blockers(join.lastJob().id()))
                    .extracting(Job::chainId)
                    .containsExactly(a.id(), b.id());
        }
    }

    @Test
    default void aBlockerOfAnUndeclaredTypeIsRefused() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            Chain<String> blocker = server.queue().start(new Work("a"));

            assertThatExceptionOfType(InvalidBlockerException.class)
                    .isThrownBy(() -> server.queue().start(new Work("b"), StartOptions.NONE.blockedBy(blocker.id())))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(InvalidBlockerException.Problem.UNDECLARED));
        }
    }

    @Test
    default void aHeldKeyReturnsTheChainThatHoldsIt() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            StartOptions once = StartOptions.NONE.deduplicatedBy(Deduplication.whileIncomplete("k"));

            Chain<String> first = server.queue().start(new Work("a"), once);
            Chain<String> second = server.queue().start(new Work("b"), once);

            assertThat(first.deduplicated()).isFalse();
            assertThat(second.deduplicated()).isTrue();
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(server.events.started).hasSize(1);
        }
    }

    @Test
    default void aChainOfAnotherTypeIsNotRead() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            Chain<String> chain = server.queue().start(new Work("a"));

            assertThatExceptionOfType(TypeMismatchException.class)
                    .isThrownBy(() -> server.queue().chain(chain.id(), Decide.class))
                    .satisfies(e -> assertThat(e.actual()).isEqualTo("work"));
        }
    }

    @Test
    default void aDecisionFromOutsideLetsTheChainGoOn() throws Exception {
        try (TestServer server = server().runs(Next.class, RunContract::next)
                .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, input.count())))
                .start()) {
            Chain<String> chain = server.queue().start(new Decide("approve?"));

            Chain<String> decided =
                    server.queue().complete(chain.id(), Decide.class, input -> Outcome.continueWith(new Next(1, 2)));

            assertThat(decided.lastJob().type()).isEqualTo("next");
            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo("2 jobs");
            assertThatExceptionOfType(TypeMismatchException.class)
                    .as("a late decision")
                    .isThrownBy(
                            () -> server.queue().complete(chain.id(), Decide.class, input -> Outcome.complete("late")));
        }
    }

    @Test
    default void awaitingIsRefusedWhereItCouldNotEnd() throws Exception {
        AtomicReference<Throwable> inAttempt = new AtomicReference<>();
        CountDownLatch ran = new CountDownLatch(1);
        try (TestServer server = server()) {
            server.runsStaged(Work.class, (input, attempt) -> {
                        try {
                            server.queue().await(server.queue().start(new Decide("d")), DEADLINE);
                        } catch (TransactionNotAllowedException e) {
                            inAttempt.set(e);
                        }
                        ran.countDown();
                        return Outcome.complete("done");
                    })
                    .runs(Next.class, RunContract::next)
                    .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, 2)))
                    .start();
            Chain<String> chain = server.queue().start(new Work("a"));

            EngineFixture.signal(ran);
            assertThat(inAttempt.get()).isInstanceOf(TransactionNotAllowedException.class);
            assertThatExceptionOfType(TransactionNotAllowedException.class)
                    .isThrownBy(() -> harness()
                            .transactions()
                            .inNew(null, () -> server.queue().await(chain, DEADLINE)));
        }
    }

    @Test
    default void awaitingEndsInTimeAndTellsOfAFailedChain() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.fail("no such customer"))
                .runs(Next.class, RunContract::next)
                .runs(First.class, (input, attempt) -> Outcome.continueWith(new Next(1, 2)))
                .start()) {
            Chain<String> open = server.queue().start(new Decide("d"));
            Chain<String> failing = server.queue().start(new Work("a"));

            assertThatExceptionOfType(AwaitTimedOutException.class)
                    .isThrownBy(() -> server.queue().await(open, Duration.ofMillis(80)))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(Status.PENDING));
            assertThatExceptionOfType(ChainFailedException.class)
                    .isThrownBy(() -> server.queue().await(failing, DEADLINE))
                    .satisfies(e -> assertThat(e.error()).isEqualTo("no such customer"));
        }
    }

    @Test
    default void aPayloadOverTheLimitIsRefusedAndNothingIsWritten() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare()) {
            assertThatExceptionOfType(PayloadTooLargeException.class)
                    .isThrownBy(() -> server.queue()
                            .startAll(List.of(
                                    StartRequest.of(new Work("small")), StartRequest.of(new Work("x".repeat(1_001))))))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo(1_000));
            assertThat(server.store.calls("start")).isZero();
        }
    }

    private static Outcome<String> next(Next input, ee.jobqueue.Attempt attempt) {
        return input.position() + 1 < input.count()
                ? Outcome.continueWith(new Next(input.position() + 1, input.count()))
                : Outcome.complete(input.count() + " jobs");
    }

    @Test
    default void aChainRunsUnderTheIdThatItsCallerChose() throws Exception {
        UUID id = UUID.randomUUID();
        try (TestServer server = server().runs(
                        Work.class, (input, attempt) -> Outcome.complete(attempt.idempotencyKey()))
                .start()) {
            Chain<String> chain = server.queue().start(new Work("a"), StartOptions.NONE.withId(id));

            assertThat(server.queue().await(chain, DEADLINE)).isEqualTo(id.toString());
            assertThatExceptionOfType(DuplicateJobIdException.class)
                    .isThrownBy(() -> server.queue().start(new Work("b"), StartOptions.NONE.withId(id)));
            assertThat(server.events.started).hasSize(1);
        }
    }
}
