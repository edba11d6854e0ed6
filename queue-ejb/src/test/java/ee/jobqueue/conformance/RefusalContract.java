package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.Blocker;
import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.Refusals}: what can be done is done, and what cannot is named. */
interface RefusalContract extends StoreFixture {

    /** Retries chains; answers which were. */
    default List<ChainId> retried(Refusals refusals, ChainId... chains) {
        return inTransaction(() -> store().retry(List.of(chains), refusals)).stream()
                .map(last -> last.job().chainId())
                .toList();
    }

    /** Deletes chains; answers which are gone. */
    default List<ChainId> deleted(Cascade cascade, Refusals refusals, ChainId... chains) {
        return inTransaction(() -> store().delete(Set.of(chains), cascade, refusals)).stream()
                .map(Job::chainId)
                .toList();
    }

    /** A failed chain of type {@code a} that had a key. */
    default ChainId failedWith(String key) {
        ChainId chain = start(NewJobs.keyed("a", Deduplication.whileIncomplete(key)))
                .job()
                .chainId();
        Token token = acquireOne("a").token();
        doInTransaction(() -> store().fail(token, "for good", null));
        return chain;
    }

    /** A chain that waits for chains, and fails when another one does. */
    default ChainId waitingFor(ChainId failing, ChainId... chains) {
        List<Blocker> blockers = new ArrayList<>(List.of(new Blocker(failing, OnFailure.FAIL)));
        List.of(chains).forEach(chain -> blockers.add(new Blocker(chain, OnFailure.WAIT)));
        return start(NewJobs.waitingFor(blockers.toArray(Blocker[]::new))).job().chainId();
    }

    @Test
    default void cancellingLeavesOutWhatIsOverAndWhatIsNotThere() {
        ChainId over = start("a").job().chainId();
        completeFromOutside(over, null);
        ChainId unknown = unknownChain();
        ChainId notMeant = start("a").job().chainId();
        ChainId open = start("a").job().chainId();
        Collected refusals = new Collected(notMeant);

        List<StoredJob> cancelled = inTransaction(
                        () -> store().cancel(List.of(over, unknown, notMeant, open), refusals))
                .lastJobs();

        assertThat(cancelled).containsExactly(chain(open));
        assertThat(chain(open).job().status()).isEqualTo(Status.CANCELLED);
        assertThat(chain(notMeant).job().status()).isEqualTo(Status.PENDING);
        assertThat(refusals.reasons).containsOnlyKeys(over, unknown);
        assertThat(refusals.reason(over, AlreadyOverException.class).status()).isEqualTo(Status.COMPLETED);
        assertThat(refusals.reason(unknown, ChainNotFoundException.class).chainId())
                .isEqualTo(unknown);
    }

    @Test
    default void whenAllIsRefusedNothingIsChanged() {
        ChainId open = start("a").job().chainId();
        ChainId unknown = unknownChain();

        assertThat(inTransaction(() -> store().cancel(List.of(open), new Collected(open)))
                        .lastJobs())
                .isEmpty();
        assertThat(retried(new Collected(), open, unknown)).isEmpty();
        assertThat(deleted(Cascade.BLOCKERS, new Collected(open), open, unknown))
                .isEmpty();
        assertThat(chain(open).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void ofSeveralFailedChainsWithOneKeyTheFirstIsRetried() {
        ChainId one = failedWith("k");
        ChainId other = failedWith("k");
        ChainId last = failedWith("k");
        ChainId alone = failedWith("another");
        Collected refusals = new Collected(one);

        assertThat(retried(refusals, one, other, last, alone)).containsExactly(other, alone);

        assertThat(refusals.reasons).containsOnlyKeys(last);
        assertThat(refusals.reason(last, KeyHeldException.class))
                .matches(e -> e.holder().equals(other) && e.key().equals("k"));
        assertThat(inTransaction(() -> store().start(List.of(NewJobs.keyed("a", Deduplication.whileIncomplete("k")))))
                        .get(0)
                        .lastJob()
                        .job()
                        .chainId())
                .isEqualTo(other);
        assertThat(acquireAll(worker(), "a")).hasSize(2);
    }

    @Test
    default void aChainThatIsRetriedKeepsItsKeyFromThoseAfterIt() {
        ChainId one = failedWith("k");
        ChainId newest = failedWith("k");
        Collected refusals = new Collected();

        assertThat(retried(refusals, newest, one)).containsExactly(newest);

        assertThat(refusals.reason(one, KeyHeldException.class).holder()).isEqualTo(newest);
    }

    @Test
    default void chainsAreRetriedAllOrNoneUnlessRefusalsAreTaken() {
        ChainId failed = failedWith("k");
        ChainId sameKey = failedWith("k");
        ChainId open = start("b").job().chainId();

        assertThatExceptionOfType(KeyHeldException.class)
                .isThrownBy(() -> retried(Refusals.THROW, failed, sameKey))
                .matches(e -> e.chainId().equals(sameKey) && e.holder().equals(failed));
        assertThatExceptionOfType(NotRetryableException.class).isThrownBy(() -> retried(Refusals.THROW, failed, open));
        assertThat(chain(failed).job().status()).isEqualTo(Status.FAILED);

        assertThat(retried(Refusals.THROW, failed, failed)).containsExactly(failed);
    }

    @Test
    default void ofChainsThatAreRetriedTogetherEachWaitsForItsOwnBlockers() {
        StoredJob failing = startAndAcquire("blocker");
        ChainId done = failing.job().chainId();
        ChainId open = start("blocker").job().chainId();
        ChainId ready = waitingFor(done);
        ChainId blocked = waitingFor(done, open);
        ChainId behindReady = waitingFor(done, ready);
        doInTransaction(() -> store().fail(failing.token(), "for good", null));
        completeFromOutside(done, null);

        assertThat(retried(new Collected(), behindReady, blocked, ready)).containsExactly(behindReady, blocked, ready);

        assertThat(chain(ready).job().status()).isEqualTo(Status.PENDING);
        assertThat(chain(blocked).job().status()).isEqualTo(Status.BLOCKED);
        assertThat(chain(behindReady).job().status()).isEqualTo(Status.BLOCKED);
        completeFromOutside(ready, null);
        assertThat(chain(behindReady).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aChainThatIsRetriedAfterItsBlockerWaitsForItAgain() {
        StoredJob failing = startAndAcquire("blocker");
        ChainId blocker = failing.job().chainId();
        ChainId waiting = waitingFor(blocker);
        doInTransaction(() -> store().fail(failing.token(), "for good", null));

        assertThat(retried(new Collected(), blocker, waiting)).containsExactly(blocker, waiting);

        assertThat(chain(waiting).job().status()).isEqualTo(Status.BLOCKED);
        completeFromOutside(blocker, null);
        assertThat(chain(waiting).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    @NeedsTransactions
    default void listsOfKeysRetriedAtOnceOpenOneChainOfEachKey() {
        List<ChainId> ones = List.of(failedWith("k1"), failedWith("k2"), failedWith("k3"));
        List<ChainId> others = List.of(failedWith("k3"), failedWith("k2"), failedWith("k1"));
        Callable<Integer> first = () -> store().retry(ones, new Collected()).size();
        Callable<Integer> second = () -> store().retry(others, new Collected()).size();

        List<Ending<Integer>> endings = atOnce().overlapping(List.of(first, second));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(endings.get(0).committed() + endings.get(1).committed()).isEqualTo(3);
        assertThat(acquireAll(worker(), "a")).hasSize(3);
    }

    @Test
    default void whatIsNeededFromOutsideStaysAndSoDoesWhatItNeeds() {
        ChainId deepest = start("blocker").job().chainId();
        StoredJob middle = start(NewJobs.waitingFor(deepest));
        ChainId needed = middle.job().chainId();
        StoredJob outside = start(NewJobs.waitingFor(needed));
        ChainId free = start("blocker").job().chainId();
        ChainId inside = start(NewJobs.waitingFor(free)).job().chainId();
        Collected refusals = new Collected();

        assertThat(deleted(Cascade.NONE, refusals, deepest, needed, free, inside))
                .containsExactlyInAnyOrder(free, inside);

        assertThat(refusals.reasons).containsOnlyKeys(needed, deepest);
        assertThat(refusals.reason(needed, BlockerInUseException.class).references())
                .containsExactly(new Reference(needed, outside.job().id()));
        assertThat(refusals.reason(deepest, BlockerInUseException.class).references())
                .containsExactly(new Reference(deepest, middle.job().id()));
    }

    @Test
    default void aCascadeLeavesOutOnlyTheChainsWhoseBlockersAreNeeded() {
        ChainId shared = start("blocker").job().chainId();
        ChainId one = start(NewJobs.waitingFor(shared)).job().chainId();
        ChainId other = start(NewJobs.waitingFor(shared)).job().chainId();
        ChainId needed = start("blocker").job().chainId();
        ChainId refused = start(NewJobs.waitingFor(needed)).job().chainId();
        StoredJob outside = start(NewJobs.waitingFor(needed));
        Collected refusals = new Collected();

        assertThat(deleted(Cascade.BLOCKERS, refusals, one, other, refused))
                .containsExactlyInAnyOrder(one, other, shared);

        assertThat(refusals.reasons).containsOnlyKeys(refused);
        assertThat(refusals.reason(refused, BlockerInUseException.class).references())
                .containsExactly(new Reference(needed, outside.job().id()));
        assertThat(store().chain(needed)).isPresent();
    }

    @Test
    default void whatIsNotMeantStaysAndKeepsItsBlockers() {
        ChainId blocker = start("blocker").job().chainId();
        ChainId waiting = start(NewJobs.waitingFor(blocker)).job().chainId();
        Collected refusals = new Collected(waiting);

        assertThat(deleted(Cascade.NONE, refusals, blocker, waiting)).isEmpty();

        assertThat(refusals.reasons).containsOnlyKeys(blocker);
        assertThat(store().chain(blocker)).isPresent();
        assertThat(store().chain(waiting)).isPresent();
    }
}
