package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#delete}. */
interface DeleteContract extends StoreFixture {

    /** Deletes chains in a transaction; answers which are gone. */
    default List<ChainId> delete(Cascade cascade, ChainId... chains) {
        return inTransaction(() -> store().delete(Set.of(chains), cascade)).stream()
                .map(Job::chainId)
                .toList();
    }

    /** Asserts that a deletion is refused, naming who still needs what, and deletes nothing. */
    default void assertRefused(List<Reference> references, Cascade cascade, ChainId... chains) {
        long before = store().counts().size();
        assertThatExceptionOfType(BlockerInUseException.class)
                .isThrownBy(() -> delete(cascade, chains))
                .satisfies(e -> assertThat(e.references()).containsExactlyInAnyOrderElementsOf(references));
        assertThat(store().counts()).hasSize((int) before);
        assertThat(List.of(chains))
                .allSatisfy(chain -> assertThat(store().chain(chain)).isPresent());
    }

    @Test
    default void aDeletedChainIsGoneWithAllItsJobs() {
        StoredJob first = startAndAcquire("a");
        ChainId chain = first.job().chainId();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        Job last = chain(chain).job();
        StoredJob other = start("a");

        List<Job> deleted = inTransaction(() -> store().delete(Set.of(chain), Cascade.NONE));

        assertThat(deleted).containsExactly(last);
        assertThat(store().chain(chain)).isEmpty();
        assertThat(store().jobs(chain)).isEmpty();
        assertThat(store().job(first.job().id())).isEmpty();
        assertThat(store().job(last.id())).isEmpty();
        assertThat(acquireAll(worker(), "a", "b"))
                .extracting(job -> job.job().id())
                .containsExactly(other.job().id());
    }

    @Test
    default void severalChainsAreDeletedAllOrNone() {
        ChainId first = start("a").job().chainId();
        ChainId second = start("a").job().chainId();
        ChainId unknown = unknownChain();

        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> delete(Cascade.NONE, first, unknown, second))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(unknown));
        assertThat(store().chain(first)).isPresent();

        assertThat(delete(Cascade.NONE, first, second)).containsExactlyInAnyOrder(first, second);
        assertThat(store().counts()).isEmpty();
    }

    @Test
    @NeedsTransactions
    default void aDeletionThatIsRolledBackNeverHappened() {
        StoredJob job = start("a");
        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> doInTransaction(() -> {
                    store().delete(Set.of(job.job().chainId()), Cascade.NONE);
                    store().lock(job.job().chainId());
                }));

        assertThat(job(job.job().id())).isEqualTo(job);
    }

    @Test
    default void anIdThatTheStoreCannotHaveMadeIsNotDeleted() {
        assertThatExceptionOfType(InvalidIdException.class)
                .isThrownBy(() -> delete(Cascade.NONE, new ChainId("no-such-form")));
    }

    @Test
    default void aContinuationIsNoChainToDelete() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        ChainId continuation =
                new ChainId(chain(first.job().chainId()).job().id().value());

        assertThatExceptionOfType(ChainNotFoundException.class).isThrownBy(() -> delete(Cascade.NONE, continuation));
    }

    @Test
    default void aChainForWhichAnotherWaitsIsKeptAndTheRefusalNamesWhoWaits() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob first = start(NewJobs.waitingFor(blocker));
        StoredJob second = start(NewJobs.waitingFor(blocker));
        List<Reference> both = List.of(
                new Reference(blocker, first.job().id()),
                new Reference(blocker, second.job().id()));

        assertRefused(both, Cascade.NONE, blocker);
        assertRefused(both, Cascade.BLOCKERS, blocker);
        assertRefused(both.subList(1, 2), Cascade.NONE, blocker, first.job().chainId());

        assertThat(delete(
                        Cascade.NONE,
                        blocker,
                        first.job().chainId(),
                        second.job().chainId()))
                .hasSize(3);
    }

    @Test
    default void anOutputThatAJobMayStillReadIsKept() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        List<Reference> reference = List.of(new Reference(blocker, waiting.job().id()));
        completeFromOutside(blocker, "1");
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.PENDING);
        assertRefused(reference, Cascade.NONE, blocker);
        StoredJob running = acquireOne("waiting");
        assertRefused(reference, Cascade.NONE, blocker);
        doInTransaction(() -> store().fail(running.token(), "for good", null));
        assertRefused(reference, Cascade.NONE, blocker);
        completeFromOutside(waiting.job().chainId(), null);

        assertThat(delete(Cascade.NONE, blocker)).containsExactly(blocker);
        assertThat(store().blockers(waiting.job().id())).isEmpty();
    }

    @Test
    default void cascadeTakesTheBlockersOfEveryJobOfTheChainAndTheirs() {
        ChainId deepest = start("blocker").job().chainId();
        ChainId ofFirst = start(NewJobs.waitingFor(deepest)).job().chainId();
        completeFromOutside(deepest, null);
        completeFromOutside(ofFirst, null);
        ChainId chain = start(NewJobs.waitingFor(ofFirst)).job().chainId();
        StoredJob first = acquireOne("waiting");
        ChainId ofSecond = start("blocker").job().chainId();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(ofSecond)));
        ChainId unrelated = start("blocker").job().chainId();

        assertThat(delete(Cascade.BLOCKERS, chain)).containsExactlyInAnyOrder(chain, ofFirst, ofSecond, deepest);
        assertThat(store().chain(unrelated)).isPresent();
        assertThat(store().counts()).hasSize(1);
    }

    @Test
    default void withoutCascadeTheBlockersStay() {
        ChainId blocker = start("blocker").job().chainId();
        ChainId waiting = start(NewJobs.waitingFor(blocker)).job().chainId();

        assertThat(delete(Cascade.NONE, waiting)).containsExactly(waiting);
        completeFromOutside(blocker, null);
        assertThat(delete(Cascade.NONE, blocker)).containsExactly(blocker);
    }

    @Test
    default void aBlockerThatAnotherChainNeedsStopsTheWholeCascade() {
        ChainId shared = start("blocker").job().chainId();
        ChainId chain = start(NewJobs.waitingFor(shared)).job().chainId();
        StoredJob other = start(NewJobs.waitingFor(shared));

        assertRefused(List.of(new Reference(shared, other.job().id())), Cascade.BLOCKERS, chain);
    }

    @Test
    default void aRefusedDeletionLeavesTheTransactionUsable() {
        ChainId blocker = start("blocker").job().chainId();
        start(NewJobs.waitingFor(blocker));

        doInTransaction(() -> {
            assertThatExceptionOfType(BlockerInUseException.class)
                    .isThrownBy(() -> store().delete(Set.of(blocker), Cascade.NONE));
            store().start(List.of(NewJobs.of("after")));
        });

        assertThat(acquireAll(worker(), "after")).hasSize(1);
    }

    @Test
    default void theAttemptOfADeletedJobCanWriteNothing() {
        StoredJob running = startAndAcquire("a");
        StoredJob continuing = startAndAcquire("b");

        List<Job> deleted = inTransaction(() ->
                store().delete(Set.of(running.job().chainId(), continuing.job().chainId()), Cascade.NONE));

        assertThat(deleted).extracting(Job::status).containsOnly(Status.RUNNING);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(running.token(), "1"));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> doInTransaction(() -> store().continueWith(continuing.token(), NewJobs.of("next"))));
        assertThat(store().running(running.token().worker())).isEmpty();
        assertThat(store().counts()).isEmpty();
    }

    @Test
    default void theKeyOfADeletedChainIsFree() {
        Deduplication key = Deduplication.ever("key");
        ChainId chain = start(NewJobs.keyed("a", key)).job().chainId();

        delete(Cascade.NONE, chain);

        assertThat(start(NewJobs.keyed("a", key)).job().chainId()).isNotEqualTo(chain);
    }

    @Test
    default void aKeyThatHasGoneToAnotherChainStays() {
        Deduplication key = Deduplication.whileIncomplete("key");
        ChainId first = start(NewJobs.keyed("a", key)).job().chainId();
        completeFromOutside(first, null);
        ChainId second = start(NewJobs.keyed("a", key)).job().chainId();

        delete(Cascade.NONE, first);

        assertThat(inTransaction(() -> store().start(List.of(NewJobs.keyed("a", key)))))
                .singleElement()
                .satisfies(hit -> assertThat(hit.lastJob().job().chainId()).isEqualTo(second));
    }
}
