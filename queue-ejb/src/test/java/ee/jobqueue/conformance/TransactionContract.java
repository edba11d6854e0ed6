package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transactions;
import ee.jobqueue.spi.WorkerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@link Transactions}, and that the store's verbs act in them. */
interface TransactionContract extends StoreFixture {

    /** The transactions under test. */
    default Transactions transactions() {
        return harness().transactions();
    }

    /** Does work in a transaction that is marked for rollback. */
    default void rollBack(Runnable work) {
        assertThatExceptionOfType(CommitFailedException.class)
                .isThrownBy(() -> transactions().inNew(null, () -> {
                    work.run();
                    transactions().setRollbackOnly();
                    return true;
                }));
    }

    @Test
    default void aTransactionIsActiveWhileItsWorkRuns() throws Exception {
        assertThat(transactions().isActive()).isFalse();
        assertThat(transactions().inNew(null, transactions()::isActive)).isTrue();
        assertThat(transactions().isActive()).isFalse();
    }

    @Test
    default void aTransactionMarkedForRollbackIsStillActive() {
        List<Boolean> active = new ArrayList<>();

        rollBack(() -> {
            transactions().setRollbackOnly();
            active.add(transactions().isActive());
        });

        assertThat(active).containsExactly(true);
        assertThat(transactions().isActive()).isFalse();
    }

    @Test
    @NeedsTransactions
    default void whatTheWorkThrowsRollsBackAndReachesTheCaller() {
        IOException thrown = new IOException("by the work");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transactions().inNew(null, () -> {
                    store().start(List.of(NewJobs.of("a")));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(store().chains(ChainFilter.ALL, PageRequest.first(1)).entries())
                .isEmpty();
        assertThat(transactions().isActive()).isFalse();
    }

    @Test
    default void aSecondTransactionOnTheSameThreadIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        transactions().inNew(null, () -> transactions().inNew(null, () -> true)));
        assertThat(transactions().isActive()).isFalse();
    }

    @Test
    default void markingNoTransactionForRollbackDoesNothing() throws Exception {
        transactions().setRollbackOnly();

        assertThat(transactions().inNew(null, () -> true)).isTrue();
    }

    @Test
    default void theEndOfATransactionIsTold() throws Exception {
        List<Boolean> ends = new ArrayList<>();

        transactions().inNew(null, () -> {
            transactions().afterCompletion(ends::add);
            assertThat(ends).isEmpty();
            return true;
        });
        rollBack(() -> transactions().afterCompletion(ends::add));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transactions().inNew(null, () -> {
                    transactions().afterCompletion(ends::add);
                    throw new IOException("by the work");
                }));

        assertThat(ends).containsExactly(true, false, false);
    }

    @Test
    default void whatIsToldToHaveBeenCommittedIsSeenByOthers() throws Exception {
        AtomicReference<ChainId> chain = new AtomicReference<>();
        List<Ending<Boolean>> seen = new ArrayList<>();

        transactions().inNew(null, () -> {
            chain.set(store().start(List.of(NewJobs.of("a")))
                    .get(0)
                    .lastJob()
                    .job()
                    .chainId());
            transactions()
                    .afterCompletion(committed -> seen.addAll(AtOnce.onThreads(
                            List.of(() -> store().chain(chain.get()).isPresent()))));
            return true;
        });

        assertThat(Ending.values(seen)).containsExactly(true);
    }

    @Test
    default void theEndOfNoTransactionIsNotTold() {
        assertThatIllegalStateException().isThrownBy(() -> transactions().afterCompletion(committed -> {}));
    }

    @Test
    default void theRollbackOfATransactionThatIsMarkedForItIsToldAtOnce() {
        List<Boolean> ends = new ArrayList<>();

        rollBack(() -> {
            transactions().setRollbackOnly();
            transactions().afterCompletion(ends::add);
            assertThat(ends).containsExactly(false);
        });

        assertThat(ends).containsExactly(false);
    }

    @Test
    @NeedsTransactions
    default void aRolledBackStartNeverHappened() {
        rollBack(() -> store().start(NewJobs.copies(3, NewJobs.of("a"))));

        assertThat(store().chains(ChainFilter.ALL, PageRequest.first(1)).entries())
                .isEmpty();
        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void aRolledBackAcquireTookNothing() {
        StoredJob started = start("a");
        WorkerId worker = worker();

        rollBack(
                () -> assertThat(store().acquire(worker, Set.of("a"), 1).jobs()).hasSize(1));

        if (has(Trait.ACTS_AT_ONCE)) {
            assertThat(store().running(worker))
                    .extracting(Token::jobId)
                    .containsExactly(started.job().id());
        } else {
            assertThat(job(started.job().id())).isEqualTo(started);
            assertThat(store().running(worker)).isEmpty();
        }
    }

    @Test
    @NeedsTransactions
    default void aRolledBackFinishLeavesTheJobToItsAttempt() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        StoredJob running = acquireOne("blocker");
        Token token = running.token();

        rollBack(() -> store().complete(token, "1"));
        rollBack(() -> store().continueWith(token, NewJobs.of("b")));
        rollBack(() -> store().fail(token, "no luck", null));
        rollBack(() -> store().reschedule(token, Schedule.NOW));
        rollBack(() -> store().conflict(token));

        assertThat(store().jobs(blocker)).containsExactly(running);
        assertThat(job(waiting.job().id())).isEqualTo(waiting);
        assertThat(complete(token, "2").resolved().unblockedTypes()).containsExactly("waiting");
    }

    @Test
    default void whatIsGivenBackStaysWithItsAttemptWhenThatIsRolledBackUnlessItActsAtOnce() {
        Token token = startAndAcquire("a").token();

        rollBack(() -> store().giveBack(List.of(token)));

        assertThat(store().running(token.worker())).isEqualTo(has(Trait.ACTS_AT_ONCE) ? List.of() : List.of(token));
    }

    @Test
    @NeedsTransactions
    default void aRolledBackCancellationEndsNobodyWhoWaits() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(new Blocker(blocker, OnFailure.FAIL)));

        rollBack(() -> store().cancel(List.of(blocker)));

        assertThat(job(waiting.job().id())).isEqualTo(waiting);
        assertThat(completeFromOutside(blocker, "1").resolved().unblockedTypes())
                .containsExactly("waiting");
    }

    @Test
    default void aRolledBackReapAndRetirementForgetNoWorker() {
        StoredJob running = startAndAcquire("a");
        WorkerId idle = worker();
        rollBack(() -> store().retire(idle));
        advance(LEASE_AND_MORE);
        rollBack(() -> assertThat(store().reap(NO_LIMIT).jobs()).hasSize(1));

        boolean isKept = !has(Trait.ACTS_AT_ONCE);
        assertThat(inTransaction(() -> store().renew(idle, LEASE)).kept()).isEqualTo(isKept);
        assertThat(inTransaction(() -> store().renew(running.token().worker(), LEASE))
                        .kept())
                .isEqualTo(isKept);
        assertThat(job(running.job().id()).job().status()).isEqualTo(isKept ? Status.RUNNING : Status.PENDING);
        if (isKept) {
            complete(running.token(), null);
        }
    }

    @Test
    default void severalVerbsInOneTransactionCommitTogether() {
        StoredJob running = startAndAcquire("a");

        ChainId successor = inTransaction(() -> {
            store().complete(running.token(), "1");
            return store().start(List.of(NewJobs.of("a")))
                    .get(0)
                    .lastJob()
                    .job()
                    .chainId();
        });

        assertThat(chain(running.job().chainId()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(chain(successor).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void transactionsThatLockTwoChainsInOppositeOrdersBothEnd() {
        ChainId one = start("a").job().chainId();
        ChainId other = start("a").job().chainId();
        CountDownLatch lockedOne = new CountDownLatch(2);

        List<Ending<Boolean>> endings =
                atOnce().racing(List.of(lockBoth(one, other, lockedOne), lockBoth(other, one, lockedOne)));

        // a deadlock is transient: whoever is its victim succeeds in a new transaction
        assertThat(Ending.values(endings)).containsExactly(true, true);
    }

    private Callable<Boolean> lockBoth(ChainId first, ChainId second, CountDownLatch lockedOne) {
        return () -> {
            store().lock(first);
            lockedOne.countDown();
            AtOnce.await(lockedOne, AtOnce.HELD_OPEN_MILLIS);
            store().lock(second);
            return true;
        };
    }

    @Test
    default void refusalsAreNotTransient() {
        assertThat(store().isTransient(new IllegalStateException("a bug"))).isFalse();
        assertThat(store().isTransient(new ChainNotFoundException(unknownChain())))
                .isFalse();
    }

    @Test
    default void anErrorIsTransientByItsCauseAsWell() {
        Throwable conflict = new StoreUnavailableException("conflict", true, new IOException("down"));

        assertThat(store().isTransient(conflict)).isTrue();
        assertThat(store().isTransient(new IllegalStateException("wrapped", conflict)))
                .isTrue();
        assertThat(store().isTransient(new StoreUnavailableException("down", false, new IOException("down"))))
                .isFalse();
    }
}
