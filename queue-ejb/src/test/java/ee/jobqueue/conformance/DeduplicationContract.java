package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Blocker;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
    default void anOpenChainIsNotForgottenWhenALaterOneThatDisregardedItEnds() {
        ChainId first = assertStarts(OPEN);
        ChainId second = assertStarts(OPEN.disregarding(first));
        completeFromOutside(second, null);

        assertHeldBy(first, OPEN);
        assertHeldBy(first, OPEN.disregarding(second));
        completeFromOutside(first, null);
        assertStarts(OPEN);
    }

    @Test
    default void anOpenChainIsNotForgottenWhenALaterOneThatWasStartedAfterItsWindowEnds() {
        Deduplication hour = OPEN.within(Duration.ofHours(1));
        ChainId first = assertStarts(hour);
        advance(Duration.ofMinutes(61));
        ChainId second = assertStarts(hour);
        completeFromOutside(second, null);

        assertHeldBy(first, OPEN);
        assertHeldBy(first, OPEN.within(Duration.ofHours(2)));
        assertHeldBy(second, EVER.within(Duration.ofHours(1)));
        assertStarts(hour);
    }

    @Test
    default void aHitReturnsTheNewestOfSeveralChainsThatCount() {
        ChainId first = assertStarts(OPEN);
        advance(Duration.ofSeconds(1));
        ChainId second = assertStarts(OPEN.disregarding(first));
        advance(Duration.ofSeconds(1));
        ChainId third = assertStarts(OPEN.disregarding(first).disregarding(second));

        assertHeldBy(third, OPEN);
        assertHeldBy(third, EVER);
        assertHeldBy(second, OPEN.disregarding(third));
        assertHeldBy(first, OPEN.disregarding(third).disregarding(second));
        assertHeldBy(first, EVER.disregarding(third).disregarding(second));
        completeFromOutside(third, null);
        assertHeldBy(second, OPEN);
        assertHeldBy(third, EVER);
        assertHeldBy(second, EVER.disregarding(third));
        assertStarts(EVER.disregarding(first).disregarding(second).disregarding(third));
    }

    @Test
    default void ofChainsThatAreOverTheScopeAnyFindsTheNewestHoweverItEnded() {
        ChainId first = assertStarts(OPEN);
        completeFromOutside(first, null);
        advance(Duration.ofSeconds(1));
        ChainId second = assertStarts(OPEN);
        inTransaction(() -> store().cancel(List.of(second)));
        advance(Duration.ofSeconds(1));
        ChainId third = assertStarts(OPEN);
        StoredJob failing = acquireOne("a");
        doInTransaction(() -> store().fail(failing.token(), "for good", null));

        assertHeldBy(third, EVER);
        assertHeldBy(second, EVER.disregarding(third));
        assertHeldBy(first, EVER.disregarding(third).disregarding(second));
        assertStarts(OPEN);
    }

    @Test
    default void theScopeAnyFindsAnOlderChainWhenTheOneThatTookTheKeyIsDeleted() {
        ChainId first = assertStarts(EVER);
        ChainId second = assertStarts(EVER.disregarding(first));
        inTransaction(() -> store().delete(Set.of(second), Cascade.NONE));

        assertHeldBy(first, EVER);
        completeFromOutside(first, null);
        assertHeldBy(first, EVER);
        inTransaction(() -> store().delete(Set.of(first), Cascade.NONE));
        assertStarts(EVER);
    }

    @Test
    default void aWindowIsCountedFromTheStartOfTheNewestChainThatIsNotDisregarded() {
        Deduplication hour = EVER.within(Duration.ofHours(1));
        ChainId first = assertStarts(hour);
        advance(Duration.ofMinutes(30));
        ChainId second = assertStarts(hour.disregarding(first));

        assertHeldBy(second, hour);
        assertHeldBy(first, hour.disregarding(second));
        advance(Duration.ofMinutes(40));
        assertHeldBy(second, hour);
        assertStarts(hour.disregarding(second));
    }

    @Test
    default void theStartsOfOneCallAreJudgedOneAfterTheOther() {
        ChainId first = assertStarts(OPEN);
        advance(Duration.ofSeconds(1));

        List<Started> started = inTransaction(() -> store().start(List.of(
                NewJobs.keyed("a", OPEN),
                NewJobs.keyed("a", OPEN.disregarding(first)),
                NewJobs.keyed("a", OPEN),
                NewJobs.keyed("a", EVER.disregarding(first)))));

        ChainId second = started.get(1).lastJob().job().chainId();
        assertThat(started).extracting(Started::deduplicated).containsExactly(true, false, true, true);
        assertThat(started)
                .extracting(start -> start.lastJob().job().chainId())
                .containsExactly(first, second, second, second);
    }

    @Test
    default void aChainOfTheSameCallThatIsDisregardedDoesNotCount() {
        UUID id = UUID.randomUUID();
        ChainId first = new ChainId(id.toString());
        NewJob chosen = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, OPEN, null, id);

        List<Started> started = inTransaction(() ->
                store().start(List.of(chosen, NewJobs.keyed("a", OPEN.disregarding(first)), NewJobs.keyed("a", OPEN))));

        ChainId second = started.get(1).lastJob().job().chainId();
        assertThat(started).extracting(Started::deduplicated).containsExactly(false, false, true);
        assertThat(started.get(2).lastJob()).isEqualTo(started.get(1).lastJob());
        assertHeldBy(first, OPEN.disregarding(second));
    }

    @Test
    default void aDisregardedIdInNoFormOfTheStoreIsRefused() {
        assertThatExceptionOfType(InvalidIdException.class)
                .isThrownBy(() -> startKeyed(OPEN.disregarding(new ChainId("no-such-form"))));
        assertStarts(OPEN.disregarding(unknownChain()));
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
