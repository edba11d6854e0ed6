package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A deletion at the same time as something that needs the chain, or goes on with it. */
interface DeleteRaceContract extends StoreFixture {

    /** Deletes a chain, in the current transaction. */
    default Callable<Boolean> deletion(ChainId chain, Cascade cascade) {
        return () -> !store().delete(Set.of(chain), cascade).isEmpty();
    }

    /** Starts a chain that waits for another, in the current transaction. */
    default Callable<Boolean> startWaitingFor(ChainId chain) {
        return () -> !store().start(List.of(NewJobs.waitingFor(chain))).isEmpty();
    }

    /** A chain whose row, which those lock who want to wait for it, is not that of its last job. */
    default ChainId chainOfTwoJobs() {
        StoredJob first = startAndAcquire("blocker");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("last")));
        return first.job().chainId();
    }

    @Test
    default void aDeletionThatMeetsTheStartOfAChainThatWaitsIsRefused() {
        ChainId blocker = chainOfTwoJobs();

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(startWaitingFor(blocker), deletion(blocker, Cascade.NONE));

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(BlockerInUseException.class);
        assertThat(store().chain(blocker)).isPresent();
    }

    @Test
    default void aStartThatWaitsForAChainWhichIsBeingDeletedIsRefused() {
        ChainId blocker = chainOfTwoJobs();

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(deletion(blocker, Cascade.NONE), startWaitingFor(blocker));

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(InvalidBlockerException.class);
        assertThat(store().counts()).isEmpty();
    }

    @Test
    default void aDeletionThatMeetsAContinuationDeletesTheNextJobAsWell() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();
        doInTransaction(() -> store().continueWith(running.token(), NewJobs.of("b")));
        StoredJob second = acquireOne("b");

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(continuation(second, NewJobs.of("c")), deletion(chain, Cascade.NONE));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(store().counts()).isEmpty();
    }

    @Test
    default void aContinuationOfAChainThatIsBeingDeletedIsRefused() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        deletion(running.job().chainId(), Cascade.NONE), continuation(running, NewJobs.of("b")));

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(LeaseLostException.class);
        assertThat(store().counts()).isEmpty();
    }

    @Test
    default void aCascadeThatMeetsAContinuationWithABlockerTakesThatBlockerAlong() {
        StoredJob running = startAndAcquire("a");
        ChainId blocker = start("blocker").job().chainId();

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        continuation(running, NewJobs.waitingFor(blocker)),
                        deletion(running.job().chainId(), Cascade.BLOCKERS));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(store().counts()).isEmpty();
    }

    @Test
    @NeedsTransactions
    default void twoDeletionsOfAChainAtOnceDeleteItOnce() {
        ChainId chain =
                start(NewJobs.keyed("a", Deduplication.ever("key"))).job().chainId();

        List<Ending<Boolean>> endings =
                atOnce().overlapping(List.of(deletion(chain, Cascade.NONE), deletion(chain, Cascade.NONE)));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(ChainNotFoundException.class));
    }

    @Test
    default void aStartWithTheKeyOfAChainThatIsBeingDeletedStartsANewOne() {
        Deduplication key = Deduplication.ever("key");
        ChainId chain = start(NewJobs.keyed("a", key)).job().chainId();

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        deletion(chain, Cascade.NONE),
                        () -> !store().start(List.of(NewJobs.keyed("a", key)))
                                .get(0)
                                .deduplicated());

        assertThat(Ending.values(endings)).containsExactly(true, true);
        assertThat(acquireAll(worker(), "a")).hasSize(1);
        assertThat(inTransaction(() -> store().start(List.of(NewJobs.keyed("a", key))))
                        .get(0)
                        .deduplicated())
                .isTrue();
    }

    @Test
    @NeedsTransactions
    default void aDeletionAndTwoStartsWithTheKeyAtOnceLeaveAtMostOneChain() {
        Deduplication key = Deduplication.ever("key");
        Callable<Boolean> start =
                () -> !store().start(List.of(NewJobs.keyed("a", key))).get(0).deduplicated();
        for (int round = 0; round < 3; round++) {
            emptyTheStore();
            ChainId chain = start(NewJobs.keyed("a", key)).job().chainId();

            List<Ending<Boolean>> endings = atOnce().overlapping(List.of(deletion(chain, Cascade.NONE), start, start));

            long fresh = Ending.values(endings).stream()
                    .skip(1)
                    .filter(isNew -> isNew)
                    .count();
            assertThat(fresh).isLessThanOrEqualTo(1);
            assertThat(acquireAll(worker(), "a")).hasSize((int) fresh);
        }
    }

    @Test
    @NeedsTransactions
    default void aStartThatMeetsTheDeletionOfANewerChainIsHeldByTheOlderOne() {
        Deduplication key = Deduplication.ever("key");
        ChainId older = start(NewJobs.keyed("a", key)).job().chainId();
        ChainId newer = start(NewJobs.keyed("a", key.disregarding(older))).job().chainId();

        List<Ending<ChainId>> endings = atOnce().overlappingInOrder(
                        () -> {
                            store().delete(Set.of(newer), Cascade.NONE);
                            return newer;
                        },
                        () -> store().start(List.of(NewJobs.keyed("a", key)))
                                .get(0)
                                .lastJob()
                                .job()
                                .chainId());

        assertThat(Ending.values(endings)).containsExactly(newer, older);
    }

    @Test
    @NeedsTransactions
    default void aDeletionLocksTheKeyBeforeTheChainAsAStartDoes() {
        Deduplication key = Deduplication.ever("key");
        ChainId chain = start(new NewJob("blocker", "{}", Schedule.NOW, Blockers.NONE, key))
                .job()
                .chainId();
        AtomicInteger tries = new AtomicInteger();

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        () -> {
                            tries.incrementAndGet();
                            return store().start(List.of(new NewJob("blocker", "{}", Schedule.NOW, Blockers.NONE, key)))
                                    .get(0)
                                    .deduplicated();
                        },
                        () -> {
                            tries.incrementAndGet();
                            return deletion(chain, Cascade.NONE).call();
                        },
                        hit -> store().start(List.of(NewJobs.waitingFor(chain))).size() == 1);

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(BlockerInUseException.class);
        assertNoneRepeated(tries, 2);
    }

    @Test
    default void theCompletionOfAChainThatIsBeingDeletedIsRefused() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        deletion(running.job().chainId(), Cascade.NONE),
                        () -> store().complete(running.token(), "1").chainOver());

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(LeaseLostException.class);
    }

    private Callable<Boolean> continuation(StoredJob running, NewJob next) {
        return () -> {
            store().continueWith(running.token(), next);
            return true;
        };
    }
}
