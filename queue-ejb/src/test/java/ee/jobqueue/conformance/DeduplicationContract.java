package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Starting at most one chain under a key. */
interface DeduplicationContract extends StoreFixture {

    /** A key that an open chain holds. */
    Deduplication OPEN = Deduplication.whileIncomplete("k");

    /** A key that any chain holds. */
    Deduplication EVER = Deduplication.ever("k");

    /** Starts a chain of type {@code a} under a key. */
    default Started startKeyed(Deduplication deduplication) {
        return inTransaction(() -> store().start(List.of(NewJobs.keyed("a", deduplication))))
                .get(0);
    }

    /** Asserts that a key starts a new chain. */
    default ChainId assertStarts(Deduplication deduplication) {
        Started started = startKeyed(deduplication);
        assertThat(started.deduplicated()).isFalse();
        return started.lastJob().job().chainId();
    }

    /** Asserts that a key is held by a chain. */
    default void assertHeldBy(ChainId holder, Deduplication deduplication) {
        Started started = startKeyed(deduplication);
        assertThat(started.deduplicated()).isTrue();
        assertThat(started.lastJob()).isEqualTo(chain(holder));
    }

    @Test
    default void aHeldKeyReturnsItsChainAndDropsTheNewInput() {
        NewJob first = new NewJob("a", "1", Schedule.NOW, Blockers.NONE, OPEN);
        NewJob second = new NewJob("a", "2", Schedule.NOW, Blockers.NONE, OPEN);
        StoredJob holder = start(first);

        Started hit = inTransaction(() -> store().start(List.of(second))).get(0);

        assertThat(hit).isEqualTo(new Started(holder, true));
        assertThat(hit.lastJob().input()).isEqualTo("1");
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }

    @Test
    default void keysOfOtherChainTypesAndOtherKeysAreFree() {
        assertStarts(OPEN);

        assertStarts(Deduplication.whileIncomplete("other"));
        assertThat(start(NewJobs.keyed("b", OPEN)).job().type()).isEqualTo("b");
    }

    @Test
    default void keysAreComparedToTheLetter() {
        for (String key : List.of("k", "K", " k", "k ", "ḱ", "k".repeat(250), "k".repeat(249))) {
            assertStarts(Deduplication.whileIncomplete(key));
        }
    }

    @Test
    default void aKeyIsFreeAgainWhenItsChainIsCompleted() {
        ChainId first = assertStarts(OPEN);
        completeFromOutside(first, null);

        ChainId second = assertStarts(OPEN);
        assertHeldBy(second, OPEN);
    }

    @Test
    default void aKeyIsFreeAgainWhenItsChainHasFailed() {
        ChainId first = assertStarts(OPEN);
        doInTransaction(() -> {
            StoredJob running = store().acquire(store().register(NewJobs.WORKER, LEASE), Set.of("a"), 1)
                    .jobs()
                    .get(0);
            store().fail(running.token(), "for good", null);
        });

        assertThat(assertStarts(OPEN)).isNotEqualTo(first);
    }

    @Test
    default void aKeyIsHeldByTheWholeChainNotByItsFirstJobAlone() {
        ChainId chain = assertStarts(OPEN);
        StoredJob first = acquireOne("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        assertHeldBy(chain, OPEN);
        complete(acquireOne("b").token(), null);
        assertStarts(OPEN);
    }

    @Test
    default void theScopeAnyHoldsAKeyAfterTheChainIsOver() {
        ChainId first = assertStarts(EVER);
        completeFromOutside(first, "1");

        assertHeldBy(first, EVER);
        assertThat(assertStarts(OPEN)).as("each start judges by its own scope").isNotEqualTo(first);
    }

    @Test
    default void aWindowIsCountedFromTheStartOfTheChainThatHoldsTheKey() {
        Deduplication hour = EVER.within(Duration.ofHours(1));
        ChainId first = assertStarts(hour);
        advance(Duration.ofMinutes(40));
        assertHeldBy(first, hour); // does not begin anew by this
        advance(Duration.ofMinutes(40));

        ChainId second = assertStarts(hour);
        advance(Duration.ofMinutes(40));
        assertHeldBy(second, hour);
    }

    @Test
    default void afterItsWindowAnOpenChainHoldsItsKeyNoMore() {
        Deduplication hour = OPEN.within(Duration.ofHours(1));
        ChainId first = assertStarts(hour);
        advance(Duration.ofMinutes(61));

        assertThat(assertStarts(hour)).isNotEqualTo(first);
    }

    @Test
    default void aDisregardedChainDoesNotCount() {
        ChainId first = assertStarts(OPEN);

        ChainId successor = assertStarts(OPEN.disregarding(first));

        assertHeldBy(successor, OPEN);
        assertHeldBy(successor, OPEN.disregarding(first));
    }

    @Test
    default void ofEqualKeysInOneCallTheSecondFindsTheFirst() {
        NewJob job = NewJobs.keyed("a", OPEN);

        List<Started> started =
                inTransaction(() -> store().start(List.of(job, NewJobs.keyed("b", OPEN), job, NewJobs.of("a"))));

        assertThat(started).extracting(Started::deduplicated).containsExactly(false, false, true, false);
        assertThat(started.get(2).lastJob()).isEqualTo(started.get(0).lastJob());
    }

    @Test
    default void equalKeysInOneTransactionFindTheFirst() {
        List<Started> started = inTransaction(() -> {
            Started first = store().start(List.of(NewJobs.keyed("a", OPEN))).get(0);
            return List.of(
                    first, store().start(List.of(NewJobs.keyed("a", OPEN))).get(0));
        });

        assertThat(started.get(1)).isEqualTo(new Started(started.get(0).lastJob(), true));
    }

    @Test
    default void theBlockersOfADroppedChainAreNotLookedAt() {
        ChainId holder = assertStarts(OPEN);
        Blockers unknown = new Blockers(List.of(new Blocker(unknownChain(), OnFailure.WAIT)), NewJobs.BLOCKER_TYPES);
        NewJob dropped = new NewJob("a", "{}", Schedule.NOW, unknown, OPEN);

        Started hit = inTransaction(() -> store().start(List.of(dropped))).get(0);

        assertThat(hit).isEqualTo(new Started(chain(holder), true));
    }

    @Test
    @NeedsTransactions
    default void aStartThatIsRolledBackHoldsNoKey() {
        unknownStart(NewJobs.keyed("a", EVER));

        assertStarts(EVER);
    }
}
