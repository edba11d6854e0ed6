package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Attempt;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.Explanation;
import ee.jobqueue.Job;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Join;
import ee.jobqueue.conformance.EngineJobs.Work;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an application sees of jobs whose blockers fail. */
interface FailedBlockerContract extends EngineFixture {

    /** A server whose chains of {@link Work} fail at once, and that counts the failures that its joins see. */
    default TestServer failing() {
        return server().runs(Work.class, (input, attempt) -> Outcome.fail("no " + input.name()))
                .runs(Join.class, (input, attempt) -> Outcome.complete(seen(attempt)));
    }

    private static String seen(Attempt attempt) {
        try {
            return attempt.blockerOutput(0, Work.class);
        } catch (ChainFailedException e) {
            return e.status() + " " + e.chainId() + ": " + e.error();
        }
    }

    /** Starts a chain that waits for another. */
    private static Chain<String> join(TestServer server, Chain<String> blocker, OnFailure onFailure) {
        return server.queue().start(new Join("j"), StartOptions.NONE.blockedBy(blocker.id(), onFailure));
    }

    @Test
    default void theOutputOfABlockerThatFailedRaisesAnErrorThatNamesIt() throws Exception {
        try (TestServer server = failing().start()) {
            Chain<String> blocker = server.queue().start(new Work("luck"));
            Chain<String> join = join(server, blocker, OnFailure.RUN);

            assertThat(server.queue().await(join, DEADLINE)).isEqualTo("FAILED " + blocker.id() + ": no luck");
        }
    }

    @Test
    default void aJobRunsAtOnceWhenItsBlockerIsCancelled() throws Exception {
        try (TestServer server = failing().start()) {
            Chain<String> blocker =
                    server.queue().start(new Work("late"), StartOptions.NONE.after(Duration.ofHours(1)));
            Chain<String> join = join(server, blocker, OnFailure.RUN);

            server.queue().cancel(blocker.id());

            assertThat(server.queue().await(join, DEADLINE)).isEqualTo("CANCELLED " + blocker.id() + ": null");
        }
    }

    @Test
    default void whoAwaitsAChainThatItsBlockerEndedIsToldWhy() {
        try (TestServer server = failing().prepare()) {
            Chain<String> blocker = server.queue().start(new Work("a"));
            Chain<String> join = join(server, blocker, OnFailure.FAIL);

            server.queue().cancel(blocker.id());

            assertThatExceptionOfType(ChainFailedException.class)
                    .isThrownBy(() -> server.queue().await(join, DEADLINE))
                    .matches(e -> e.chainId().equals(join.id()) && e.status() == Status.FAILED)
                    .extracting(ChainFailedException::error)
                    .isEqualTo("it waited for chain " + blocker.id() + ", which was cancelled");
        }
    }

    @Test
    default void listenersAreToldOfThoseWhomABlockerEndedAfterTheCommit() throws Exception {
        try (TestServer server = failing().prepare()) {
            Chain<String> blocker = server.queue().start(new Work("a"));
            Chain<String> fails = join(server, blocker, OnFailure.FAIL);
            Chain<String> isCancelled = join(server, blocker, OnFailure.CANCEL);
            join(server, blocker, OnFailure.WAIT);

            harness().transactions().inNew(null, () -> {
                server.queue().cancel(blocker.id());
                assertThat(server.events.endedByBlocker).isEmpty();
                return true;
            });

            assertThat(server.events.endedByBlocker)
                    .containsExactlyInAnyOrder(
                            chain(fails.id()).job(), chain(isCancelled.id()).job());
            assertThat(server.events.cancelled).extracting(Job::chainId).containsExactly(blocker.id());
        }
    }

    @Test
    default void listenersAreToldOfThoseWhomAFailedAttemptEndedAndOfThoseWhoStartedTooLate() {
        try (TestServer server = failing().start()) {
            Chain<String> blocker = server.queue().start(new Work("a"));
            Chain<String> early = join(server, blocker, OnFailure.CANCEL);
            awaitStatus(early.lastJob().id(), Status.CANCELLED);
            Chain<String> late = join(server, blocker, OnFailure.FAIL);

            assertThat(late.status()).isEqualTo(Status.FAILED);
            eventually(() -> assertThat(server.events.endedByBlocker)
                    .containsExactlyInAnyOrder(
                            chain(early.id()).job(), chain(late.id()).job()));
            assertThat(server.events.started).extracting(Job::chainId).contains(late.id());
        }
    }

    @Test
    default void anExplanationNamesTheFailedChainForWhichAJobGoesOnWaitingAndNoOther() {
        try (TestServer server = failing().prepare()) {
            Chain<String> first = server.queue().start(new Work("a"));
            Chain<String> second = server.queue().start(new Work("b"));
            StartOptions options =
                    StartOptions.NONE.blockedBy(first.id(), OnFailure.RUN).blockedBy(second.id());
            Chain<String> join = server.queue().start(new Join("j"), options);
            server.queue().cancel(first.id());
            server.queue().cancel(second.id());

            assertThat(server.queue().explain(join.lastJob().id()))
                    .isInstanceOfSatisfying(
                            Explanation.WaitsForChains.class,
                            waits -> assertThat(waits.openBlockers())
                                    .singleElement()
                                    .matches(last -> last.chainId().equals(second.id()))
                                    .matches(last -> last.status() == Status.CANCELLED));
        }
    }

    @Test
    default void aRetryThatIsInVainSaysSo() {
        try (TestServer server = failing().prepare()) {
            Chain<String> blocker = server.queue().start(new Work("a"));
            Chain<String> join = join(server, blocker, OnFailure.FAIL);
            server.queue().cancel(blocker.id());

            Job retried = server.queue().retry(join.id());

            assertThat(retried.status()).isEqualTo(Status.FAILED);
            assertThat(retried.lastError()).contains(blocker.id().value());
            assertThat(server.events.endedByBlocker).hasSize(2);
        }
    }
}
