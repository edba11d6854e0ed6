package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#cancel}. */
interface CancelContract extends StoreFixture {

    /** Cancels chains. */
    default List<StoredJob> cancel(ChainId... chains) {
        return inTransaction(() -> store().cancel(List.of(chains))).lastJobs();
    }

    @Test
    default void aCancelledJobIsOverAndNeverAcquired() {
        StoredJob scheduled = start(NewJobs.after("a", Duration.ofHours(1)));

        List<StoredJob> cancelled = cancel(scheduled.job().chainId());

        assertThat(cancelled).containsExactly(job(scheduled.job().id()));
        assertThat(cancelled.get(0).job())
                .matches(job -> job.status() == Status.CANCELLED && !job.scheduled() && job.endedAt() != null);
        advance(Duration.ofHours(2));
        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void aRunningAttemptLosesItsJobToACancellation() {
        StoredJob running = startAndAcquire("a");

        cancel(running.job().chainId());

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(running.token(), "\"late\""));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> doInTransaction(() -> store().fail(running.token(), "late", null)));
        assertThat(store().running(running.token().worker())).isEmpty();
        assertThat(job(running.job().id()).job())
                .matches(job -> job.status() == Status.CANCELLED && job.attempt() == 1 && job.lastError() == null);
    }

    @Test
    default void aCancelledJobIsNotReapedWithItsWorker() {
        StoredJob running = startAndAcquire("a");
        cancel(running.job().chainId());
        advance(LEASE_AND_MORE);

        assertThat(inTransaction(() -> store().reap(NO_LIMIT)).jobs()).isEmpty();
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    default void ofAChainOfSeveralJobsTheLastIsCancelledAndTheOthersStay() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        List<StoredJob> cancelled = cancel(first.job().chainId());

        assertThat(cancelled).extracting(stored -> stored.job().type()).containsExactly("b");
        assertThat(store().jobs(first.job().chainId()))
                .extracting(stored -> stored.job().status())
                .containsExactly(Status.COMPLETED, Status.CANCELLED);
        assertThat(chain(first.job().chainId()).job().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    default void aFailedChainIsCancelledAndKeepsItsError() {
        StoredJob running = startAndAcquire("a");
        doInTransaction(() -> store().fail(running.token(), "for good", null));

        cancel(running.job().chainId());

        assertThat(chain(running.job().chainId()).job())
                .matches(job -> job.status() == Status.CANCELLED
                        && job.failures() == 1
                        && job.lastError().equals("for good"));
    }

    @Test
    default void whoWaitsForACancelledChainStaysBlocked() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));

        cancel(blocker);

        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.BLOCKED);
        StoredJob late = start(NewJobs.waitingFor(blocker));
        assertThat(late.job().status()).as("a start after it").isEqualTo(Status.BLOCKED);
    }

    @Test
    default void aCancelledWaitingJobIsNotUnblocked() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        cancel(waiting.job().chainId());

        completeFromOutside(blocker, null);

        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    default void aCancelledChainHoldsItsKeyNoMore() {
        Deduplication key = Deduplication.whileIncomplete("k");
        ChainId holder = start(NewJobs.keyed("a", key)).job().chainId();

        cancel(holder);

        assertThat(start(NewJobs.keyed("a", key)).job().chainId()).isNotEqualTo(holder);
    }

    @Test
    default void chainsAreCancelledTogetherInTheOrderInWhichTheyAreNamed() {
        List<StoredJob> started = startAll(NewJobs.copies(3, NewJobs.of("a")));
        ChainId one = started.get(0).job().chainId();
        ChainId two = started.get(1).job().chainId();
        ChainId three = started.get(2).job().chainId();

        List<StoredJob> cancelled = cancel(three, one, two, three);

        assertThat(cancelled).containsExactly(chain(three), chain(one), chain(two));
        assertThat(cancelled).allMatch(stored -> stored.job().status() == Status.CANCELLED);
        assertThat(cancel()).isEmpty();
    }

    @Test
    default void whenOneOfThemIsOverNoneIsCancelled() {
        StoredJob open = start("a");
        StoredJob over = start("a");
        completeFromOutside(over.job().chainId(), null);

        assertThatExceptionOfType(AlreadyOverException.class)
                .isThrownBy(() -> cancel(open.job().chainId(), over.job().chainId()))
                .satisfies(e -> assertThat(e.jobId()).isEqualTo(over.job().id()))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.COMPLETED));
        assertThat(job(open.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void whenOneOfThemIsUnknownNoneIsCancelledInTheSameTransaction() {
        StoredJob open = start("a");
        ChainId unknown = unknownChain();

        doInTransaction(() -> assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> store().cancel(List.of(open.job().chainId(), unknown)))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(unknown)));
        doInTransaction(() -> assertThatExceptionOfType(InvalidIdException.class)
                .isThrownBy(() -> store().cancel(List.of(open.job().chainId(), new ChainId("no-such-form")))));

        assertThat(job(open.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void theIdOfALaterJobIsNoChain() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        ChainId later = new ChainId(chain(first.job().chainId()).job().id().value());

        assertThatExceptionOfType(ChainNotFoundException.class).isThrownBy(() -> cancel(later));
    }
}
