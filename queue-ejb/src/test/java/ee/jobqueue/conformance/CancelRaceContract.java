package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Cancellation and other changes of a chain at once. */
interface CancelRaceContract extends StoreFixture {

    /** Cancels a chain, in the current transaction. */
    default Callable<Boolean> cancellation(ChainId chain) {
        return () -> {
            store().cancel(List.of(chain));
            return true;
        };
    }

    /** Continues a chain, in the current transaction. */
    default Callable<Boolean> continuation(StoredJob running, String type) {
        return () -> {
            store().continueWith(running.token(), NewJobs.of(type));
            return true;
        };
    }

    /** A chain whose second job runs. */
    default StoredJob secondRunning() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        return acquireOne("b");
    }

    @Test
    default void aCancellationThatWaitsForAContinuationCancelsTheNextJob() {
        for (StoredJob running : List.of(startAndAcquire("a"), secondRunning())) {
            ChainId chain = running.job().chainId();

            List<Ending<Boolean>> endings =
                    atOnce().overlappingInOrder(continuation(running, "c"), cancellation(chain));

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThatTheChainIsCancelled(chain);
            assertThat(chain(chain).job().type()).isEqualTo("c");
        }
    }

    @Test
    default void aContinuationThatWaitsForACancellationIsRefused() {
        for (StoredJob running : List.of(startAndAcquire("a"), secondRunning())) {
            ChainId chain = running.job().chainId();

            List<Ending<Boolean>> endings =
                    atOnce().overlappingInOrder(cancellation(chain), continuation(running, "c"));

            assertThat(endings.get(0).error()).isNull();
            assertThat(endings.get(1).error()).isInstanceOf(LeaseLostException.class);
            assertThatTheChainIsCancelled(chain);
            assertThat(chain(chain).job().id()).isEqualTo(running.job().id());
        }
    }

    @Test
    @NeedsTransactions
    default void chainsContinuedAndCancelledAtOnceAreAllCancelled() {
        for (int round = 0; round < 10; round++) {
            StoredJob running = round % 2 == 0 ? startAndAcquire("a") : secondRunning();
            ChainId chain = running.job().chainId();

            List<Ending<Boolean>> endings = atOnce().racing(List.of(continuation(running, "c"), cancellation(chain)));

            assertThat(endings.get(1).error()).isNull();
            assertThatTheChainIsCancelled(chain);
        }
    }

    @Test
    default void ofACompletionAndACancellationAtOnceOneWins() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();

        List<Ending<Boolean>> endings = atOnce().overlapping(
                        List.of(() -> store().complete(running.token(), "1").chainOver(), cancellation(chain)));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        boolean completed = endings.get(0).isCommitted();
        assertThat(chain(chain).job().status()).isEqualTo(completed ? Status.COMPLETED : Status.CANCELLED);
        assertThat(endings.get(completed ? 1 : 0).error())
                .isInstanceOf(completed ? AlreadyOverException.class : LeaseLostException.class);
    }

    @Test
    default void aWaitingJobThatIsUnblockedAndCancelledAtOnceIsCancelled() {
        for (boolean cancelledFirst : new boolean[] {false, true}) {
            ChainId blocker = start("blocker").job().chainId();
            ChainId waiting = start(NewJobs.waitingFor(blocker)).job().chainId();
            Callable<Boolean> completion = () -> {
                StoredJob last = store().lock(blocker);
                return store().complete(new Locked(last.job().id()), null).chainOver();
            };

            List<Ending<Boolean>> endings = cancelledFirst
                    ? atOnce().overlappingInOrder(cancellation(waiting), completion)
                    : atOnce().overlappingInOrder(completion, cancellation(waiting));

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThat(chain(waiting).job().status()).isEqualTo(Status.CANCELLED);
        }
    }

    @Test
    @NeedsTransactions
    default void listsInOppositeOrdersCancelledAtOnceDoNotMeetInADeadlock() {
        List<ChainId> chains = startAll(NewJobs.copies(3, NewJobs.of("a"))).stream()
                .map(started -> started.job().chainId())
                .toList();
        List<ChainId> reversed = List.of(chains.get(2), chains.get(1), chains.get(0));
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        // both have their first chain and wait for this one, if each goes by the order of its list
        Callable<Integer> holder = () -> inTransaction(() -> {
            store().lock(chains.get(1));
            held.countDown();
            AtOnce.await(new CountDownLatch(1), AtOnce.HELD_OPEN_MILLIS);
            return 0;
        });

        List<Ending<Integer>> endings =
                AtOnce.onThreads(List.of(holder, counted(chains, held, tries), counted(reversed, held, tries)));

        assertThat(Ending.commits(endings)).isEqualTo(2);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(AlreadyOverException.class));
        assertNoneRepeated(tries, 2);
    }

    /** Waits before its transaction begins: in one, it might have the only connection of a writer. */
    private Callable<Integer> counted(List<ChainId> chains, CountDownLatch begin, AtomicInteger tries) {
        return () -> {
            AtOnce.await(begin, AtOnce.LONGEST_SECONDS * 1_000);
            return inTransaction(() -> {
                tries.incrementAndGet();
                return store().cancel(chains).lastJobs().size();
            });
        };
    }

    private void assertThatTheChainIsCancelled(ChainId chain) {
        List<StoredJob> jobs = store().jobs(chain);
        assertThat(jobs.subList(0, jobs.size() - 1))
                .allMatch(stored -> stored.job().status() == Status.COMPLETED);
        assertThat(chain(chain).job().status()).isEqualTo(Status.CANCELLED);
    }
}
