package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import ee.jobqueue.ChainId;
import ee.jobqueue.Status;
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a store declares to do differently, it does; and what it does not declare, it does not. */
interface TraitContract extends StoreFixture {

    /** Shorter than the writing transaction below stays open. */
    Duration SHORT_LEASE = Duration.ofMillis(AtOnce.HELD_OPEN_MILLIS / 3);

    @Test
    default void aWriterWaitsForAnotherOnlyInAStoreThatDeclaresIt() {
        assertThat(endsBesideAnOpenWriter(() -> start("a"))).isEqualTo(!has(Trait.SINGLE_WRITER));

        assertThat(acquireAll(worker(), "a")).hasSize(2);
    }

    /** Delayed is not lost: nobody else can write either, so that the worker may be the first to see that its lease is over. */
    @Test
    default void aTransactionThatWritesLongerThanTheLeaseDelaysTheRenewalOnlyInAStoreThatDeclaresIt() {
        WorkerId worker = inTransaction(() -> store().register(NewJobs.WORKER, SHORT_LEASE));
        AtomicBoolean kept = new AtomicBoolean();

        assertThat(endsBesideAnOpenWriter(() -> kept.set(
                        inTransaction(() -> store().renew(worker, LEASE)).kept())))
                .isEqualTo(!has(Trait.SINGLE_WRITER));

        assertThat(kept).isTrue();
    }

    /** Whether a work ends while another transaction, which has written, is open. */
    private boolean endsBesideAnOpenWriter(Runnable work) {
        long patience =
                has(Trait.SINGLE_WRITER) ? AtOnce.HELD_OPEN_MILLIS : TimeUnit.SECONDS.toMillis(AtOnce.LONGEST_SECONDS);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Callable<Boolean> writer = () -> inTransaction(() -> {
            store().start(List.of(NewJobs.of("a")));
            written.countDown();
            return AtOnce.await(ended, patience);
        });
        Callable<Boolean> other = () -> {
            AtOnce.await(written, TimeUnit.SECONDS.toMillis(AtOnce.LONGEST_SECONDS));
            work.run();
            ended.countDown();
            return true;
        };
        return Ending.values(AtOnce.onThreads(List.of(writer, other))).get(0);
    }

    @Test
    default void aTransactionThatMeetsALockIsRepeatedOnlyInAStoreThatDeclaresIt() {
        ChainId chain = start("a").job().chainId();
        AtomicInteger tries = new AtomicInteger();
        Callable<Boolean> lock = () -> {
            tries.incrementAndGet();
            return store().lock(chain).job().chainId().equals(chain);
        };

        List<Boolean> ended = Ending.values(atOnce().overlappingInOrder(lock, lock));

        assertThat(ended).containsExactly(true, true);
        assertThat(tries.get() > 2).isEqualTo(has(Trait.CONFLICTS_AT_ONCE));
    }

    @Test
    default void ofTwoLastBlockersAtOnceNeitherTellsOfTheUnblockingOnlyInAStoreThatDeclaresIt() {
        StoredJob one = startAndAcquire("blocker");
        StoredJob other = startAndAcquire("blocker");
        StoredJob waiting =
                start(NewJobs.waitingFor(one.job().chainId(), other.job().chainId()));

        List<Integer> told =
                Ending.values(atOnce().overlappingInOrder(unblockedBy(one.token()), unblockedBy(other.token())));

        assertThat(told).containsExactly(0, has(Trait.UNBLOCKS_AFTER_COMMIT) ? 0 : 1);
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    private Callable<Integer> unblockedBy(Token token) {
        return () -> store().complete(token, "1").resolved().unblocked().size();
    }

    @Test
    default void anAcquireStaysWhenItsTransactionIsRolledBackOnlyInAStoreThatDeclaresIt() {
        start("a");
        WorkerId worker = worker();

        assertThatExceptionOfType(CommitFailedException.class)
                .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                    store().acquire(worker, Set.of("a"), 1);
                    harness().transactions().setRollbackOnly();
                    return true;
                }));

        assertThat(store().running(worker).isEmpty()).isEqualTo(!has(Trait.ACTS_AT_ONCE));
    }

    @Test
    default void joiningTheApplicationsTransactionIsRefusedOnlyInAStoreThatDeclaresIt() {
        Throwable refusal = catchThrowable(store()::requireJoining);

        assertThat(refusal instanceof TransactionNotAllowedException).isEqualTo(has(Trait.NO_TRANSACTIONS));
    }
}
