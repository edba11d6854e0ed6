package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#deleteOver}: deletion by age, which never takes what is still needed. */
interface RetentionContract extends StoreFixture {

    /** How long chains are kept in these tests. */
    Duration AGE = Duration.ofDays(7);

    /** Deletes chains that ended in one of these ways, in a transaction. */
    default List<ChainId> deleteOver(int limit, Status... statuses) {
        return inTransaction(() -> store().deleteOver(Set.of(statuses), AGE, limit)).stream()
                .map(Job::chainId)
                .toList();
    }

    /** A completed chain. */
    default ChainId completed(String type) {
        ChainId chain = start(type).job().chainId();
        completeFromOutside(chain, "1");
        return chain;
    }

    /** A completed chain whose row is not that of its last job. */
    default ChainId completedOfTwoJobs(String type) {
        StoredJob first = startAndAcquire(type);
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("last")));
        completeFromOutside(first.job().chainId(), "1");
        return first.job().chainId();
    }

    @Test
    default void chainsAreDeletedThatAreOverForLongEnough() {
        ChainId old = completed("a");
        advance(AGE.minusHours(1));
        ChainId young = completed("a");
        ChainId open = start("a").job().chainId();
        assertThat(deleteOver(10, Status.COMPLETED)).isEmpty();

        advance(Duration.ofHours(2));

        assertThat(deleteOver(10, Status.COMPLETED)).containsExactly(old);
        assertThat(store().chain(old)).isEmpty();
        assertThat(store().chain(young)).isPresent();
        assertThat(store().chain(open)).isPresent();
    }

    @Test
    default void theAgeOfAChainIsThatOfItsEndAndNotOfItsFirstJob() {
        StoredJob first = startAndAcquire("a");
        ChainId chain = first.job().chainId();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        advance(AGE.multipliedBy(2));
        assertThat(deleteOver(10, Status.COMPLETED)).as("an open chain").isEmpty();
        completeFromOutside(chain, null);
        assertThat(deleteOver(10, Status.COMPLETED)).as("just over").isEmpty();

        advance(AGE.plusHours(1));

        assertThat(deleteOver(10, Status.COMPLETED)).containsExactly(chain);
        assertThat(store().counts()).isEmpty();
    }

    @Test
    default void onlyChainsThatEndedInTheAskedWayAreDeleted() {
        ChainId done = completed("a");
        StoredJob failing = startAndAcquire("b");
        doInTransaction(() -> store().fail(failing.token(), "for good", null));
        advance(AGE.plusHours(1));

        assertThat(deleteOver(10, Status.CANCELLED)).isEmpty();
        assertThat(deleteOver(10, Status.COMPLETED, Status.CANCELLED)).containsExactly(done);
        assertThat(deleteOver(10, Status.FAILED)).containsExactly(failing.job().chainId());
    }

    @Test
    default void theOldestGoFirstAndNoMoreThanTheLimit() {
        List<ChainId> chains = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            chains.add(completed("a"));
            advance(Duration.ofHours(1));
        }
        advance(AGE);

        assertThat(deleteOver(2, Status.COMPLETED)).containsExactlyInAnyOrderElementsOf(chains.subList(0, 2));
        assertThat(deleteOver(2, Status.COMPLETED)).containsExactlyInAnyOrderElementsOf(chains.subList(2, 4));
        assertThat(deleteOver(2, Status.COMPLETED)).containsExactly(chains.get(4));
        assertThat(deleteOver(2, Status.COMPLETED)).isEmpty();
    }

    @Test
    default void anOutputThatAWaitingDueRunningOrRetryableJobNeedsIsKept() {
        ChainId blocker = completed("blocker");
        ChainId open = start("blocker").job().chainId();
        ChainId waiting = start(NewJobs.waitingFor(blocker, open)).job().chainId();
        advance(AGE.multipliedBy(2));
        assertThat(deleteOver(10, Status.COMPLETED)).as("blocked").isEmpty();
        completeFromOutside(open, "2");
        assertThat(deleteOver(10, Status.COMPLETED)).as("due").isEmpty();
        StoredJob running = acquireOne("waiting");
        assertThat(deleteOver(10, Status.COMPLETED)).as("running").isEmpty();
        doInTransaction(() -> store().fail(running.token(), "for good", null));
        assertThat(deleteOver(10, Status.COMPLETED)).as("retryable").isEmpty();

        completeFromOutside(waiting, null);

        assertThat(deleteOver(10, Status.COMPLETED)).containsExactly(blocker);
    }

    /** Not both at once: whether the first one can go is known when it is gone. */
    @Test
    default void whatAChainAloneNeedsGoesAfterIt() {
        ChainId output = completed("blocker");
        ChainId failed = start(NewJobs.waitingFor(output)).job().chainId();
        StoredJob failing = acquireOne("waiting");
        doInTransaction(() -> store().fail(failing.token(), "for good", null));
        advance(AGE.plusHours(1));

        assertThat(deleteOver(10, Status.COMPLETED, Status.FAILED)).containsExactly(failed);
        assertThat(deleteOver(10, Status.COMPLETED, Status.FAILED)).containsExactly(output);
    }

    @Test
    default void whatIsKeptDoesNotKeepTheRestFromBeingDeleted() {
        ChainId needed = completed("blocker");
        start(NewJobs.waitingFor(needed));
        ChainId other = completed("a");
        advance(AGE.plusHours(1));

        assertThat(deleteOver(1, Status.COMPLETED)).containsExactly(other);
        assertThat(store().chain(needed)).isPresent();
    }

    @Test
    default void itsKeysGoWithAChain() {
        Deduplication key = Deduplication.ever("key");
        ChainId chain = start(NewJobs.keyed("a", key)).job().chainId();
        completeFromOutside(chain, null);
        advance(AGE.plusHours(1));

        assertThat(deleteOver(10, Status.COMPLETED)).containsExactly(chain);
        assertThat(start(NewJobs.keyed("a", key)).job().chainId()).isNotEqualTo(chain);
    }

    @Test
    default void aKeyIsHeldByAChainThatStaysWhenAnotherOneWithItIsDeleted() {
        Deduplication key = Deduplication.ever("key");
        ChainId open = start(NewJobs.keyed("a", key)).job().chainId();
        ChainId over = start(NewJobs.keyed("a", key.disregarding(open))).job().chainId();
        completeFromOutside(over, null);
        advance(AGE.plusHours(1));

        assertThat(deleteOver(10, Status.COMPLETED)).containsExactly(over);

        assertThat(inTransaction(() -> store().start(List.of(NewJobs.keyed("a", key)))))
                .singleElement()
                .isEqualTo(new Started(chain(open), true));
    }

    @Test
    @NeedsTransactions
    default void aChainWhoseKeySomebodyIsJudgingIsPassedOverAndNotWaitedFor() {
        Deduplication key = Deduplication.ever("key");
        ChainId keyed = start(NewJobs.keyed("a", key)).job().chainId();
        completeFromOutside(keyed, null);
        completed("a");
        advance(AGE.plusHours(1));

        List<Ending<Integer>> endings = beside(
                () -> store().start(List.of(NewJobs.keyed("a", key))).size(),
                () -> store().deleteOver(Set.of(Status.COMPLETED), AGE, 10).size());

        boolean waited = has(Trait.SINGLE_WRITER);
        assertThat(Ending.values(endings)).containsExactly(1, waited ? 2 : 1);
        assertThat(store().chain(keyed).isEmpty()).isEqualTo(waited);
    }

    @Test
    @NeedsTransactions
    default void aChainThatSomebodyHasLockedIsPassedOverAndNotWaitedFor() {
        ChainId locked = completed("a");
        ChainId free = completed("a");
        advance(AGE.plusHours(1));
        Callable<Integer> holder = () -> {
            store().lock(locked);
            return 0;
        };

        List<Ending<Integer>> endings = beside(
                holder,
                () -> store().deleteOver(Set.of(Status.COMPLETED), AGE, 10).size());

        boolean waited = has(Trait.SINGLE_WRITER);
        assertThat(Ending.values(endings)).containsExactly(0, waited ? 2 : 1);
        assertThat(store().chain(free)).isEmpty();
        assertThat(store().chain(locked).isEmpty()).isEqualTo(waited);
    }

    @Test
    default void anOutputForWhichAChainBeginsToWaitAtThisMomentIsKept() {
        ChainId blocker = completedOfTwoJobs("blocker");
        advance(AGE.plusHours(1));

        List<Ending<Integer>> endings = beside(
                () -> store().start(List.of(NewJobs.waitingFor(blocker))).size(),
                () -> store().deleteOver(Set.of(Status.COMPLETED), AGE, 10).size());

        assertThat(Ending.values(endings)).containsExactly(1, 0);
        assertThat(store().chains(ChainFilter.ALL, PageRequest.first(10)).entries())
                .hasSize(2);
        assertThat(store().jobs(blocker)).hasSize(2);
    }
}
