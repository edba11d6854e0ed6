package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Waiting for other chains, and being unblocked by them. */
interface BlockerContract extends StoreFixture {

    /** Starts a chain for which others may wait. */
    default ChainId startBlocker() {
        return start("blocker").job().chainId();
    }

    /** Where a job stands. */
    default Status statusOf(StoredJob job) {
        return job(job.job().id()).job().status();
    }

    @Test
    default void aJobWaitsUntilTheLastOfItsBlockersIsCompleted() {
        ChainId first = startBlocker();
        ChainId second = startBlocker();
        StoredJob waiting = start(NewJobs.waitingFor(first, second));
        assertThat(waiting.job().status()).isEqualTo(Status.BLOCKED);
        assertThat(waiting.blocked()).isTrue();

        Finished byFirst = completeFromOutside(first, "1");
        assertThat(acquireAll(worker(), "waiting")).isEmpty();
        Finished bySecond = completeFromOutside(second, "2");

        assertThat(byFirst).isEqualTo(Finished.OVER);
        assertThat(bySecond)
                .isEqualTo(new Finished(
                        true, new Resolved(List.of(job(waiting.job().id()).job()), List.of())));
        StoredJob running = acquireOne("waiting");
        assertThat(running.job().id()).isEqualTo(waiting.job().id());
        assertThat(running.blocked()).isTrue();
    }

    @Test
    default void anAttemptsCompletionUnblocks() {
        ChainId blocker = startBlocker();
        start(NewJobs.waitingFor(blocker));

        Finished finished = complete(acquireOne("blocker").token(), "1");

        assertThat(finished.resolved().unblockedTypes()).containsExactly("waiting");
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void aJobWhoseBlockersAreAllCompletedIsPendingAndStillHasThem() {
        ChainId blocker = startBlocker();
        completeFromOutside(blocker, "1");

        StoredJob started = start(NewJobs.waitingFor(blocker));

        assertThat(started.job().status()).isEqualTo(Status.PENDING);
        assertThat(started.blocked())
                .as("an attempt reads the outputs of its blockers")
                .isTrue();
        assertThat(store().blockers(started.job().id()))
                .extracting(read -> read.lastJob().output())
                .containsExactly("1");
    }

    @Test
    default void aBlockerIsItsWholeChain() {
        ChainId blocker = startBlocker();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));

        StoredJob first = acquireOne("blocker");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("next")));
        Status afterFirst = statusOf(waiting);
        complete(acquireOne("next").token(), "\"whole\"");

        assertThat(afterFirst).isEqualTo(Status.BLOCKED);
        assertThat(statusOf(waiting)).isEqualTo(Status.PENDING);
        assertThat(store().blockers(waiting.job().id()))
                .extracting(read -> read.lastJob().output())
                .containsExactly("\"whole\"");
    }

    @Test
    default void aBlockerThatFailedKeepsItsWaitersUntilItIsCompleted() {
        ChainId blocker = startBlocker();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));

        Finished failed = inTransaction(() -> store().fail(acquireInside("blocker"), "for good", null));
        Status afterFailure = statusOf(waiting);
        completeFromOutside(blocker, "1");

        assertThat(failed).isEqualTo(Finished.OVER);
        assertThat(afterFailure).isEqualTo(Status.BLOCKED);
        assertThat(statusOf(waiting)).isEqualTo(Status.PENDING);
    }

    private Token acquireInside(String type) {
        return store().acquire(store().register(NewJobs.WORKER, LEASE), Set.of(type), 1)
                .jobs()
                .get(0)
                .token();
    }

    @Test
    default void aJobThatWaitsForAFailedChainIsBlocked() {
        ChainId blocker = startBlocker();
        doInTransaction(() -> store().fail(acquireInside("blocker"), "for good", null));

        assertThat(start(NewJobs.waitingFor(blocker)).job().status()).isEqualTo(Status.BLOCKED);
    }

    @Test
    default void everyoneWhoWaitsIsUnblocked() {
        ChainId blocker = startBlocker();
        ChainId other = startBlocker();
        startAll(NewJobs.copies(30, NewJobs.waitingFor(blocker)));
        StoredJob waitsForMore = start(NewJobs.waitingFor(blocker, other));

        completeFromOutside(blocker, "1");

        assertThat(acquireAll(worker(), "waiting")).hasSize(30);
        assertThat(statusOf(waitsForMore)).isEqualTo(Status.BLOCKED);
    }

    @Test
    default void anUnblockedJobKeepsAScheduleThatLiesAhead() {
        ChainId blocker = startBlocker();
        StoredJob waiting = start(NewJobs.waitingFor(Schedule.after(Duration.ofHours(1)), blocker));

        completeFromOutside(blocker, "1");

        assertThat(waiting.job().scheduled())
                .as("a blocked job is not shown as scheduled")
                .isFalse();
        assertThat(job(waiting.job().id()).job().scheduled()).isTrue();
        assertThat(acquireAll(worker(), "waiting")).isEmpty();
        advance(Duration.ofMinutes(61));
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void anUnblockedJobDoesNotJumpTheLine() {
        ChainId blocker = startBlocker();
        ChainId completed = startBlocker();
        completeFromOutside(completed, null);
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        advance(Duration.ofHours(1));
        StoredJob inLine = start(NewJobs.waitingFor(completed));
        advance(Duration.ofHours(1));
        completeFromOutside(blocker, "1");

        assertThat(acquireAll(worker(), "waiting"))
                .extracting(job -> job.job().id())
                .containsExactly(inLine.job().id(), waiting.job().id());
    }

    @Test
    default void aBlockedJobThatIsCompletedFromOutsideIsNotWokenByItsBlocker() {
        ChainId blocker = startBlocker();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        completeFromOutside(waiting.job().chainId(), "\"early\"");

        Finished finished = completeFromOutside(blocker, "1");

        assertThat(finished.resolved().unblockedTypes()).isEmpty();
        assertThat(job(waiting.job().id()).output()).isEqualTo("\"early\"");
        assertThat(statusOf(waiting)).isEqualTo(Status.COMPLETED);
    }

    @Test
    default void aContinuationWaitsForItsBlockers() {
        ChainId blocker = startBlocker();
        StoredJob first = startAndAcquire("a");

        doInTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(blocker)));

        StoredJob next = chain(first.job().chainId());
        assertThat(next.job().status()).isEqualTo(Status.BLOCKED);
        assertThat(next.blocked()).isTrue();
        completeFromOutside(blocker, "1");
        assertThat(acquireOne("waiting").job().id()).isEqualTo(next.job().id());
    }

    @Test
    default void aContinuationWhoseBlockersAreCompletedIsDue() {
        ChainId blocker = startBlocker();
        completeFromOutside(blocker, "1");
        StoredJob first = startAndAcquire("a");

        doInTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(blocker)));

        assertThat(acquireOne("waiting").blocked()).isTrue();
    }

    @Test
    default void chainsThatWaitForOneAnotherAreCompletedOneAfterTheOther() {
        ChainId bottom = startBlocker();
        StoredJob middle = start(NewJobs.waitingFor(bottom));
        StoredJob top = start(NewJobs.waitingFor(middle.job().chainId()));

        completeFromOutside(bottom, "1");
        complete(acquireOne("waiting").token(), "2");

        assertThat(List.of(statusOf(middle), statusOf(top))).containsExactly(Status.COMPLETED, Status.PENDING);
    }
}
