package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobFilter;
import ee.jobqueue.OnFailure;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Waiting for chains that fail or are cancelled at the moment at which others end, or somebody begins to wait. Whatever the
 * order, nobody stays blocked for whom it is settled what becomes of him.
 */
interface OnFailureRaceContract extends StoreFixture {

    /** Fails the job of an attempt for good, in the current transaction. */
    default Callable<Boolean> failure(StoredJob running) {
        return () -> store().fail(running.token(), "for good", null).chainOver();
    }

    /** Completes the job of an attempt, in the current transaction. */
    default Callable<Boolean> success(StoredJob running) {
        return () -> store().complete(running.token(), "1").chainOver();
    }

    /** Cancels a chain, in the current transaction. */
    default Callable<Boolean> cancellation(StoredJob job) {
        return () -> !store().cancel(List.of(job.job().chainId())).lastJobs().isEmpty();
    }

    /** Starts a chain that waits, in the current transaction. */
    default Callable<Boolean> startOf(NewJob waiting) {
        return () -> !store().start(List.of(waiting)).isEmpty();
    }

    /** A job that waits for chains, whatever their jobs, each with an option. */
    default NewJob waitingFor(OnFailure first, StoredJob firstJob, OnFailure second, StoredJob secondJob) {
        return NewJobs.waitingFor(
                new Blocker(firstJob.job().chainId(), first),
                new Blocker(secondJob.job().chainId(), second));
    }

    /** A job that waits for one chain. */
    default NewJob waitingFor(OnFailure onFailure, StoredJob job) {
        return NewJobs.waitingFor(new Blocker(job.job().chainId(), onFailure));
    }

    /** Where the only chain of type {@code waiting} stands. */
    default Status statusOfTheOnlyWaiter() {
        List<StoredJob> waiting = store().jobs(JobFilter.ALL.ofType("waiting"), PageRequest.first(10))
                .entries();
        assertThat(waiting).hasSize(1);
        return waiting.get(0).job().status();
    }

    /** Both were committed, each in its first try or after a transient error. */
    static void assertBothCommitted(List<Ending<Boolean>> endings) {
        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
    }

    @Test
    default void twoBlockersThatFailAtOnceLetGoWhoRunsAllTheSame() {
        StoredJob first = startAndAcquire("blocker");
        StoredJob second = startAndAcquire("blocker");
        start(waitingFor(OnFailure.RUN, first, OnFailure.RUN, second));

        assertBothCommitted(atOnce().overlapping(List.of(failure(first), failure(second))));

        assertThat(statusOfTheOnlyWaiter()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aBlockerThatFailsWhileAnotherCompletesLetsGoWhoRunsAllTheSame() {
        for (boolean failsFirst : new boolean[] {true, false}) {
            emptyTheStore();
            StoredJob failing = startAndAcquire("blocker");
            StoredJob completing = startAndAcquire("blocker");
            start(waitingFor(OnFailure.RUN, failing, OnFailure.WAIT, completing));

            assertBothCommitted(
                    failsFirst
                            ? atOnce().overlappingInOrder(failure(failing), success(completing))
                            : atOnce().overlappingInOrder(success(completing), failure(failing)));

            assertThat(statusOfTheOnlyWaiter())
                    .as("fails first: %s", failsFirst)
                    .isEqualTo(Status.PENDING);
        }
    }

    @Test
    default void ofTwoBlockersThatEndBadlyAtOnceOneDecidesAndTheOtherLeavesItAlone() {
        StoredJob first = startAndAcquire("blocker");
        StoredJob second = startAndAcquire("blocker");
        StoredJob waiting = start(waitingFor(OnFailure.FAIL, first, OnFailure.CANCEL, second));

        assertBothCommitted(atOnce().overlappingInOrder(failure(first), failure(second)));

        assertThat(job(waiting.job().id()).job())
                .matches(job -> job.status() == Status.FAILED)
                .matches(job -> String.valueOf(job.lastError())
                        .contains(first.job().chainId().value()));
    }

    @Test
    default void aStartThatMeetsTheFailureOfItsBlockerIsEnded() {
        for (OnFailure onFailure : List.of(OnFailure.FAIL, OnFailure.RUN)) {
            emptyTheStore();
            StoredJob blocker = startAndAcquire("blocker");

            assertBothCommitted(atOnce().overlappingInOrder(failure(blocker), startOf(waitingFor(onFailure, blocker))));

            assertThat(statusOfTheOnlyWaiter()).isEqualTo(onFailure == OnFailure.FAIL ? Status.FAILED : Status.PENDING);
        }
    }

    @Test
    default void aFailureThatMeetsTheStartOfAWaiterEndsIt() {
        for (OnFailure onFailure : List.of(OnFailure.FAIL, OnFailure.RUN)) {
            emptyTheStore();
            StoredJob blocker = startAndAcquire("blocker");

            assertBothCommitted(atOnce().overlappingInOrder(startOf(waitingFor(onFailure, blocker)), failure(blocker)));

            assertThat(statusOfTheOnlyWaiter()).isEqualTo(onFailure == OnFailure.FAIL ? Status.FAILED : Status.PENDING);
        }
    }

    @Test
    default void aCancellationThatMeetsTheStartOfAWaiterEndsIt() {
        for (boolean startsFirst : new boolean[] {true, false}) {
            emptyTheStore();
            StoredJob blocker = start("blocker");
            Callable<Boolean> start = startOf(waitingFor(OnFailure.CANCEL, blocker));

            assertBothCommitted(
                    startsFirst
                            ? atOnce().overlappingInOrder(start, cancellation(blocker))
                            : atOnce().overlappingInOrder(cancellation(blocker), start));

            assertThat(statusOfTheOnlyWaiter())
                    .as("starts first: %s", startsFirst)
                    .isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    default void aStartThatMeetsTheEndOfItsBlockerByAnotherBlockerIsEnded() {
        for (boolean startsFirst : new boolean[] {true, false}) {
            emptyTheStore();
            StoredJob bottom = startAndAcquire("blocker");
            StoredJob middle = start(waitingFor(OnFailure.FAIL, bottom));
            NewJob top = waitingFor(OnFailure.CANCEL, middle);
            Callable<ChainId> start =
                    () -> store().start(List.of(top)).get(0).lastJob().job().chainId();
            Callable<ChainId> failure = () -> {
                store().fail(bottom.token(), "for good", null);
                return bottom.job().chainId();
            };

            List<Ending<ChainId>> endings = startsFirst
                    ? atOnce().overlappingInOrder(start, failure)
                    : atOnce().overlappingInOrder(failure, start);

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            ChainId started = endings.get(startsFirst ? 0 : 1).committed();
            assertThat(chain(started).job().status())
                    .as("starts first: %s", startsFirst)
                    .isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    default void aContinuationThatMeetsTheFailureOfItsBlockerIsEnded() {
        for (boolean failsFirst : new boolean[] {true, false}) {
            emptyTheStore();
            StoredJob running = startAndAcquire("a");
            StoredJob blocker = startAndAcquire("blocker");
            Callable<Boolean> continuation = () -> {
                store().continueWith(running.token(), waitingFor(OnFailure.FAIL, blocker));
                return true;
            };

            assertBothCommitted(
                    failsFirst
                            ? atOnce().overlappingInOrder(failure(blocker), continuation)
                            : atOnce().overlappingInOrder(continuation, failure(blocker)));

            assertThat(chain(running.job().chainId()).job().status())
                    .as("fails first: %s", failsFirst)
                    .isEqualTo(Status.FAILED);
        }
    }

    @Test
    default void aWaiterThatIsCompletedFromOutsideWhileItsBlockerFailsIsOneOrTheOther() {
        for (boolean failsFirst : new boolean[] {true, false}) {
            emptyTheStore();
            StoredJob blocker = startAndAcquire("blocker");
            StoredJob waiting = start(waitingFor(OnFailure.CANCEL, blocker));
            StoredJob top = start(waitingFor(OnFailure.FAIL, waiting));
            Callable<Boolean> completion = () -> {
                StoredJob last = store().lock(waiting.job().chainId());
                return store().complete(new Locked(last.job().id()), "\"early\"")
                        .chainOver();
            };

            List<Ending<Boolean>> endings = failsFirst
                    ? atOnce().overlappingInOrder(failure(blocker), completion)
                    : atOnce().overlappingInOrder(completion, failure(blocker));

            assertThat(endings.get(0).committed()).isTrue();
            if (failsFirst) {
                assertThat(endings.get(1).error()).isInstanceOf(AlreadyOverException.class);
            } else {
                assertThat(endings.get(1).committed()).isTrue();
            }
            assertThat(job(waiting.job().id()).job().status())
                    .isEqualTo(failsFirst ? Status.CANCELLED : Status.COMPLETED);
            assertThat(job(top.job().id()).job().status()).isEqualTo(failsFirst ? Status.FAILED : Status.PENDING);
        }
    }

    @Test
    default void aWaiterThatIsRetriedWhileItsBlockerFailsAgainIsNotBlockedForEver() {
        for (boolean retriedFirst : new boolean[] {true, false}) {
            emptyTheStore();
            Standing waiting = Standing.failedByItsBlocker(this);
            StoredJob blocker = acquireOne("blocker");
            Callable<Boolean> retrial = () -> store().retry(waiting.chain()).blocked();

            assertBothCommitted(
                    retriedFirst
                            ? atOnce().overlappingInOrder(retrial, failure(blocker))
                            : atOnce().overlappingInOrder(failure(blocker), retrial));

            assertThat(job(waiting.id()).job().status())
                    .as("retried first: %s", retriedFirst)
                    .isEqualTo(Status.FAILED);
        }
    }

    @Test
    @NeedsTransactions
    default void startsAndTheFailureOfTheirBlockerAtOnceLeaveNobodyBlocked() {
        for (int round = 0; round < 5; round++) {
            emptyTheStore();
            StoredJob blocker = startAndAcquire("blocker");

            List<Ending<Boolean>> endings = atOnce().racing(List.of(
                    startOf(waitingFor(OnFailure.FAIL, blocker)),
                    failure(blocker),
                    startOf(waitingFor(OnFailure.FAIL, blocker))));

            assertBothCommitted(endings);
            assertThat(store().counts())
                    .filteredOn(count -> count.type().equals("waiting"))
                    .singleElement()
                    .matches(count -> count.status() == Status.FAILED && count.jobs() == 2);
        }
    }
}
