package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#retry}. */
interface RetryContract extends StoreFixture {

    /** A key that an open chain holds. */
    Deduplication KEY = Deduplication.whileIncomplete("k");

    /** When a job is due that no worker is to take in these tests. */
    Schedule LATER = Schedule.after(Duration.ofHours(1));

    /** Retries a chain. */
    default StoredJob retry(ChainId chain) {
        return inTransaction(() -> store().retry(chain));
    }

    /** Starts a chain of type {@code a} that has failed. */
    default ChainId failedChain(NewJob job) {
        ChainId chain = start(job).job().chainId();
        Token token = acquireOne(job.type()).token();
        doInTransaction(() -> store().fail(token, "for good", null));
        return chain;
    }

    @Test
    default void aRetriedJobIsDueAgainWithAFreshAllowanceAndItsNextAttemptNumber() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().fail(first.token(), "once", Schedule.NOW));
        StoredJob second = acquireOne("a");
        doInTransaction(() -> store().fail(second.token(), "for good", null));

        StoredJob retried = retry(first.job().chainId());

        assertThat(retried).isEqualTo(job(first.job().id()));
        assertThat(retried.job())
                .matches(job -> job.status() == Status.PENDING
                        && !job.scheduled()
                        && job.failures() == 0
                        && job.attempt() == 2
                        && job.endedAt() == null
                        && job.lastError().equals("for good"));
        assertThat(acquireOne("a").job().attempt()).isEqualTo(3);
    }

    @Test
    default void ofAChainOfSeveralJobsTheLastIsRetriedAndTheChainIsOpenAgain() {
        StoredJob first = startAndAcquire("blocker");
        ChainId chain = first.job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(chain));
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        Token second = acquireOne("b").token();
        doInTransaction(() -> store().fail(second, "for good", null));

        StoredJob retried = retry(chain);

        assertThat(retried.job().type()).isEqualTo("b");
        assertThat(job(first.job().id()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.BLOCKED);
        complete(acquireOne("b").token(), "1");
        assertThat(chain(chain).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aRetriedJobWaitsWhileOneOfItsBlockersIsOpenAndGoesOnAfterIt() {
        ChainId done = start("blocker").job().chainId();
        completeFromOutside(done, null);
        ChainId open = start("blocker").job().chainId();
        StoredJob waiting =
                start(NewJobs.waitingFor(new Blocker(done, OnFailure.WAIT), new Blocker(open, OnFailure.FAIL)));
        Token failing = acquireOne("blocker").token();
        doInTransaction(() -> store().fail(failing, "for good", null));
        retry(open);

        assertThat(retry(waiting.job().chainId()).job().status()).isEqualTo(Status.BLOCKED);

        completeFromOutside(open, null);
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aRetriedChainHoldsItsKeyAgain() {
        ChainId chain = failedChain(NewJobs.keyed("a", KEY));

        retry(chain);

        Started hit = inTransaction(() -> store().start(List.of(NewJobs.keyed("a", KEY))))
                .get(0);
        assertThat(hit).isEqualTo(new Started(chain(chain), true));
    }

    @Test
    default void aChainWhoseKeyAnotherOneHoldsIsNotRetriedAndToldByWhom() {
        ChainId failed = failedChain(NewJobs.keyed("a", KEY));
        ChainId holder = start(NewJobs.keyed("a", KEY)).job().chainId();

        assertThatExceptionOfType(KeyHeldException.class)
                .isThrownBy(() -> retry(failed))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(failed))
                .satisfies(e -> assertThat(e.key()).isEqualTo("k"))
                .satisfies(e -> assertThat(e.holder()).isEqualTo(holder));
        assertThat(chain(failed).job())
                .matches(job -> job.status() == Status.FAILED && job.failures() == 1 && job.endedAt() != null);
    }

    @Test
    default void aChainIsNotRetriedWhileAnOlderOneHoldsItsKeyThoughItTookTheKeyFromThat() {
        ChainId older =
                start(new NewJob("a", "{}", LATER, Blockers.NONE, KEY)).job().chainId();
        ChainId failed = failedChain(NewJobs.keyed("a", KEY.disregarding(older)));

        assertThatExceptionOfType(KeyHeldException.class)
                .isThrownBy(() -> retry(failed))
                .satisfies(e -> assertThat(e.holder()).isEqualTo(older));
        completeFromOutside(older, null);
        assertThat(retry(failed).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aChainIsNotRetriedWhileAnyOneOfSeveralHoldsItsKey() {
        ChainId failed = failedChain(NewJobs.keyed("a", KEY));
        ChainId second =
                start(new NewJob("a", "{}", LATER, Blockers.NONE, KEY)).job().chainId();
        ChainId third =
                start(NewJobs.keyed("a", KEY.disregarding(second))).job().chainId();
        completeFromOutside(third, null);

        assertThatExceptionOfType(KeyHeldException.class)
                .isThrownBy(() -> retry(failed))
                .satisfies(e -> assertThat(e.holder()).isEqualTo(second));
    }

    @Test
    default void aFailedChainWhoseKeyAnotherOneHoldsIsNotContinuedFromOutsideButCompleted() {
        ChainId failed = failedChain(NewJobs.keyed("a", KEY));
        ChainId holder = start(NewJobs.keyed("a", KEY)).job().chainId();

        assertThatExceptionOfType(KeyHeldException.class)
                .isThrownBy(() -> continueFromOutside(failed, NewJobs.of("b")))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(failed))
                .satisfies(e -> assertThat(e.key()).isEqualTo("k"))
                .satisfies(e -> assertThat(e.holder()).isEqualTo(holder));
        assertThat(chain(failed).job())
                .matches(job -> job.status() == Status.FAILED && job.type().equals("a"));

        completeFromOutside(failed, "1");
        assertThat(chain(failed).job().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    default void aFailedChainThatIsContinuedFromOutsideHoldsItsKeyAgain() {
        ChainId failed = failedChain(NewJobs.keyed("a", KEY));
        ChainId other = start(NewJobs.keyed("a", KEY)).job().chainId();
        completeFromOutside(other, null);

        continueFromOutside(failed, NewJobs.of("b"));

        Started hit = inTransaction(() -> store().start(List.of(NewJobs.keyed("a", KEY))))
                .get(0);
        assertThat(hit).isEqualTo(new Started(chain(failed), true));
    }

    /** Windows and disregarded chains let several be open; what was open before takes nothing from another one. */
    @Test
    default void anOpenChainIsContinuedFromOutsideWhoeverElseHoldsItsKey() {
        ChainId first = start(NewJobs.keyed("a", KEY)).job().chainId();
        start(NewJobs.keyed("a", KEY.disregarding(first)));

        continueFromOutside(first, NewJobs.of("b"));

        assertThat(chain(first).job().type()).isEqualTo("b");
    }

    /** Completes a chain's last job from outside and writes the next one. */
    default void continueFromOutside(ChainId chain, NewJob next) {
        doInTransaction(() -> {
            StoredJob last = store().lock(chain);
            store().continueWith(new Locked(last.job().id()), next);
        });
    }

    @Test
    default void aKeyIsTakenBackFromAChainThatIsOver() {
        ChainId failed = failedChain(NewJobs.keyed("a", KEY));
        ChainId other = start(NewJobs.keyed("a", KEY)).job().chainId();
        completeFromOutside(other, null);

        retry(failed);

        Started hit = inTransaction(() -> store().start(List.of(NewJobs.keyed("a", KEY))))
                .get(0);
        assertThat(hit.lastJob().job().chainId()).isEqualTo(failed);
        assertThat(start(NewJobs.keyed("a", Deduplication.whileIncomplete("other")))
                        .job()
                        .status())
                .isEqualTo(Status.PENDING);
    }

    @Test
    default void aChainThatHasNotFailedIsNotRetriedWhoeverHoldsItsKey() {
        ChainId cancelled = start(NewJobs.keyed("a", KEY)).job().chainId();
        inTransaction(() -> store().cancel(List.of(cancelled)));
        start(NewJobs.keyed("a", KEY));

        assertThatExceptionOfType(NotRetryableException.class)
                .isThrownBy(() -> retry(cancelled))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.CANCELLED))
                .satisfies(e ->
                        assertThat(e.jobId()).isEqualTo(chain(cancelled).job().id()));
    }

    @Test
    default void anUnknownChainIsNotRetried() {
        ChainId unknown = unknownChain();

        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> retry(unknown))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(unknown));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> retry(new ChainId("no-such-form")));
    }

    @Test
    default void aWorkerThatWasPausedPastItsLeaseCompletesNothingWhenItsJobWasRetriedInBetween() {
        StoredJob paused = startAndAcquire("a");
        ChainId chain = paused.job().chainId();
        advance(LEASE_AND_MORE);
        inTransaction(() -> store().reap(new AttemptLimits(1, Map.of())));
        assertThat(chain(chain).job().status()).isEqualTo(Status.FAILED);

        retry(chain);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(paused.token(), "\"paused\""));
        StoredJob successor = acquireOne("a");
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(paused.token(), "\"paused\""));
        complete(successor.token(), "\"successor\"");

        assertThat(chain(chain).output()).isEqualTo("\"successor\"");
    }

    @Test
    default void noTokenIsUsedTwiceWhenTheSameWorkerGetsARetriedJob() {
        WorkerId worker = worker();
        ChainId chain = start("a").job().chainId();
        Token before = inTransaction(() -> store().acquire(worker, Set.of("a"), 1))
                .jobs()
                .get(0)
                .token();
        doInTransaction(() -> store().fail(before, "for good", null));

        retry(chain);
        Token after = inTransaction(() -> store().acquire(worker, Set.of("a"), 1))
                .jobs()
                .get(0)
                .token();

        assertThat(after.attempt()).isGreaterThan(before.attempt());
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(before, "1"));
        complete(after, "2");
        assertThat(chain(chain).output()).isEqualTo("2");
    }

    @Test
    @NeedsTransactions
    default void aRetriedJobThatIsRolledBackStaysFailed() {
        ChainId chain = failedChain(NewJobs.of("a"));

        assertThatExceptionOfType(CommitFailedException.class)
                .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                    store().retry(chain);
                    harness().transactions().setRollbackOnly();
                    return true;
                }));

        assertThat(chain(chain).job().status()).isEqualTo(Status.FAILED);
    }
}
