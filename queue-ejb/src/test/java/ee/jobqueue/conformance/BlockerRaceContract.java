package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Waiting for chains that end, or begin to wait themselves, at the same moment. */
interface BlockerRaceContract extends StoreFixture {

    /** Completes the job of an attempt, in the current transaction. */
    default Callable<Boolean> completion(StoredJob running) {
        return () -> store().complete(running.token(), "1").chainOver();
    }

    /** Starts a chain that waits, in the current transaction. */
    default Callable<Boolean> waitingStart(ChainId... blockers) {
        return () -> !store().start(List.of(NewJobs.waitingFor(blockers))).isEmpty();
    }

    /** Continues a chain with a job that waits, in the current transaction. */
    default Callable<Boolean> waitingContinuation(StoredJob running, ChainId... blockers) {
        return () -> {
            store().continueWith(running.token(), NewJobs.waitingFor(blockers));
            return true;
        };
    }

    @Test
    default void twoBlockersThatCompleteAtOnceUnblockWhoWaitsForBoth() {
        StoredJob first = startAndAcquire("blocker");
        StoredJob second = startAndAcquire("blocker");
        start(NewJobs.waitingFor(first.job().chainId(), second.job().chainId()));

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(completion(first), completion(second)));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void manyBlockersThatCompleteAtOnceUnblockWhoWaitsForAll() {
        for (int round = 0; round < 3; round++) {
            List<StoredJob> blockers = new ArrayList<>();
            for (int blocker = 0; blocker < 8; blocker++) {
                blockers.add(startAndAcquire("blocker"));
            }
            ChainId[] chains =
                    blockers.stream().map(blocker -> blocker.job().chainId()).toArray(ChainId[]::new);
            startAll(NewJobs.copies(3, NewJobs.waitingFor(chains)));

            List<Ending<Boolean>> endings =
                    atOnce().racing(blockers.stream().map(this::completion).toList());

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThat(acquireAll(worker(), "waiting")).hasSize(3);
        }
    }

    @Test
    default void aStartThatMeetsTheCompletionOfItsBlockerSeesIt() {
        StoredJob blocker = startAndAcquire("blocker");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        completion(blocker), waitingStart(blocker.job().chainId()));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void aCompletionThatMeetsTheStartOfAWaiterUnblocksIt() {
        StoredJob blocker = startAndAcquire("blocker");

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(waitingStart(blocker.job().chainId()), completion(blocker));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void aContinuationThatMeetsTheCompletionOfItsBlockerSeesIt() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob first = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        completion(blocker),
                        waitingContinuation(first, blocker.job().chainId()));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void aCompletionThatMeetsAWaitingContinuationUnblocksIt() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob first = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        waitingContinuation(first, blocker.job().chainId()), completion(blocker));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    @NeedsTransactions
    default void startsAndTheCompletionOfTheirBlockerAtOnceLeaveNobodyBlocked() {
        for (int round = 0; round < 5; round++) {
            StoredJob blocker = startAndAcquire("blocker");
            ChainId chain = blocker.job().chainId();

            List<Ending<Boolean>> endings =
                    atOnce().racing(List.of(waitingStart(chain), completion(blocker), waitingStart(chain)));

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThat(acquireAll(worker(), "waiting")).hasSize(2);
        }
    }

    @Test
    @NeedsTransactions
    default void ofTwoContinuationsThatWouldWaitForEachOtherAtOnceOneIsRefused() {
        StoredJob first = startAndAcquire("blocker");
        StoredJob second = startAndAcquire("blocker");

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(
                waitingContinuation(first, second.job().chainId()),
                waitingContinuation(second, first.job().chainId())));

        assertOneIsRefusedForItsCycle(endings);
    }

    private static void assertOneIsRefusedForItsCycle(List<Ending<Boolean>> endings) {
        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error())
                        .isInstanceOfSatisfying(
                                InvalidBlockerException.class,
                                e -> assertThat(e.problem()).isEqualTo(Problem.CYCLE)));
    }

    @Test
    @NeedsTransactions
    default void ofTwoContinuationsThatWouldCloseACircleTogetherOneIsRefused() {
        StoredJob first = startAndAcquire("blocker");
        StoredJob second = startAndAcquire("blocker");
        StoredJob third = startAndAcquire("blocker");
        StoredJob fourth = startAndAcquire("blocker");
        inTransaction(waitingContinuation(first, second.job().chainId()));
        inTransaction(waitingContinuation(third, fourth.job().chainId()));

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(
                waitingContinuation(second, third.job().chainId()),
                waitingContinuation(fourth, first.job().chainId())));

        assertOneIsRefusedForItsCycle(endings);
    }

    @Test
    default void aWaiterThatIsCompletedFromOutsideWhileItsBlockerCompletesStaysCompleted() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob waiting = start(NewJobs.waitingFor(blocker.job().chainId()));

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(completion(blocker), () -> {
            StoredJob last = store().lock(waiting.job().chainId());
            store().complete(new Locked(last.job().id()), "\"early\"");
            return true;
        }));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(acquireAll(worker(), "waiting")).isEmpty();
    }
}
