package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait for a chain that fails or is cancelled. */
interface OnFailureContract extends StoreFixture {

    /** A blocker with its option. */
    static Blocker on(ChainId chain, OnFailure onFailure) {
        return new Blocker(chain, onFailure);
    }

    /** Starts a chain for which others may wait. */
    default ChainId startOther() {
        return start("blocker").job().chainId();
    }

    /** Starts a chain that waits for others. */
    default StoredJob startWaiting(Blocker... blockers) {
        return start(NewJobs.waitingFor(blockers));
    }

    /** Fails an open chain for good, by an attempt. */
    default Finished failChain(ChainId chain) {
        return inTransaction(() -> {
            Token token = acquireAt(chain);
            return store().fail(token, "for good", null);
        });
    }

    /** Acquires the job at which a chain stands, and gives back what is acquired besides. */
    default Token acquireAt(ChainId chain) {
        List<StoredJob> jobs = store().acquire(store().register(NewJobs.WORKER, LEASE), NewJobs.BLOCKER_TYPES, 1_000)
                .jobs();
        List<Token> others = jobs.stream()
                .filter(job -> !job.job().chainId().equals(chain))
                .map(StoredJob::token)
                .toList();
        store().giveBack(others);
        return jobs.stream()
                .filter(job -> job.job().chainId().equals(chain))
                .findFirst()
                .orElseThrow(() -> new AssertionError("chain " + chain + " has no due job"))
                .token();
    }

    /** Cancels a chain. */
    default Resolved cancelChain(ChainId chain) {
        return inTransaction(() -> store().cancel(List.of(chain))).resolved();
    }

    /** Where a chain stands. */
    default Job at(StoredJob job) {
        return chain(job.job().chainId()).job();
    }

    /** Where chains stand. */
    default List<Status> statuses(StoredJob... jobs) {
        return List.of(jobs).stream().map(job -> at(job).status()).toList();
    }

    @Test
    default void aFailedBlockerDoesWithItsWaitersWhatEachSays() {
        ChainId blocker = startOther();
        StoredJob waits = startWaiting(on(blocker, OnFailure.WAIT));
        StoredJob runs = startWaiting(on(blocker, OnFailure.RUN));
        StoredJob fails = startWaiting(on(blocker, OnFailure.FAIL));
        StoredJob isCancelled = startWaiting(on(blocker, OnFailure.CANCEL));

        Finished finished = failChain(blocker);

        assertThat(statuses(waits, runs, fails, isCancelled))
                .containsExactly(Status.BLOCKED, Status.PENDING, Status.FAILED, Status.CANCELLED);
        assertThat(finished.chainOver()).isTrue();
        assertThat(finished.resolved().unblocked()).containsExactly(at(runs));
        assertThat(finished.resolved().ended()).containsExactlyInAnyOrder(at(fails), at(isCancelled));
    }

    @Test
    default void aCancelledBlockerDoesWithItsWaitersWhatEachSays() {
        ChainId blocker = startOther();
        StoredJob waits = startWaiting(on(blocker, OnFailure.WAIT));
        StoredJob runs = startWaiting(on(blocker, OnFailure.RUN));
        StoredJob fails = startWaiting(on(blocker, OnFailure.FAIL));
        StoredJob isCancelled = startWaiting(on(blocker, OnFailure.CANCEL));

        Resolved resolved = cancelChain(blocker);

        assertThat(statuses(waits, runs, fails, isCancelled))
                .containsExactly(Status.BLOCKED, Status.PENDING, Status.FAILED, Status.CANCELLED);
        assertThat(resolved.unblocked()).containsExactly(at(runs));
        assertThat(resolved.ended()).containsExactlyInAnyOrder(at(fails), at(isCancelled));
    }

    @Test
    default void aJobThatItsBlockerEndsSaysWhyAndCountsNoFailure() {
        ChainId failing = startOther();
        ChainId cancelled = startOther();
        StoredJob byFailure = startWaiting(on(failing, OnFailure.FAIL));
        StoredJob byCancellation = startWaiting(on(cancelled, OnFailure.CANCEL));

        failChain(failing);
        cancelChain(cancelled);

        assertThat(at(byFailure))
                .matches(job -> job.failures() == 0 && job.attempt() == 0 && job.endedAt() != null)
                .extracting(Job::lastError)
                .isEqualTo("it waited for chain " + failing + ", which failed");
        assertThat(at(byCancellation))
                .matches(job -> job.failures() == 0 && job.endedAt() != null)
                .extracting(Job::lastError)
                .isEqualTo("it waited for chain " + cancelled + ", which was cancelled");
        assertThat(acquireAll(worker(), "waiting")).isEmpty();
    }

    @Test
    default void blockersAreReadWithTheirOptions() {
        ChainId first = startOther();
        ChainId second = startOther();
        StoredJob waiting = startWaiting(on(second, OnFailure.CANCEL), on(first, OnFailure.RUN));

        assertThat(store().blockers(waiting.job().id()))
                .containsExactly(
                        new StoredBlocker(chain(second), OnFailure.CANCEL),
                        new StoredBlocker(chain(first), OnFailure.RUN));
    }

    @Test
    default void oneThatRunsAllTheSameWaitsForItsOtherBlockers() {
        ChainId failing = startOther();
        ChainId open = startOther();
        StoredJob waiting = startWaiting(on(failing, OnFailure.RUN), on(open, OnFailure.WAIT));

        Finished failed = failChain(failing);
        Status afterFailure = at(waiting).status();
        Finished completed = completeFromOutside(open, "1");

        assertThat(failed.resolved()).isEqualTo(Resolved.NONE);
        assertThat(afterFailure).isEqualTo(Status.BLOCKED);
        assertThat(completed.resolved().unblocked()).containsExactly(at(waiting));
        assertThat(at(waiting).status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void oneThatRunsAllTheSameWaitsAgainForAChainThatIsRetried() {
        ChainId failing = startOther();
        ChainId open = startOther();
        StoredJob waiting = startWaiting(on(failing, OnFailure.RUN), on(open, OnFailure.WAIT));
        failChain(failing);

        inTransaction(() -> store().retry(failing));
        completeFromOutside(open, "1");

        assertThat(at(waiting).status()).isEqualTo(Status.BLOCKED);
        completeFromOutside(failing, "2");
        assertThat(at(waiting).status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void oneThatRunsAllTheSameKeepsAScheduleThatLiesAhead() {
        ChainId failing = startOther();
        StoredJob waiting = start(NewJobs.waitingFor(Schedule.after(Duration.ofHours(1)), on(failing, OnFailure.RUN)));

        failChain(failing);

        assertThat(at(waiting).scheduled()).isTrue();
        advance(Duration.ofMinutes(61));
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void theFirstBlockerInTheDeclaredOrderDecides() {
        ChainId first = startOther();
        ChainId second = startOther();
        cancelChain(first);
        cancelChain(second);

        StoredJob failed = startWaiting(on(second, OnFailure.FAIL), on(first, OnFailure.CANCEL));
        StoredJob cancelled = startWaiting(on(second, OnFailure.CANCEL), on(first, OnFailure.FAIL));

        assertThat(statuses(failed, cancelled)).containsExactly(Status.FAILED, Status.CANCELLED);
        assertThat(at(failed).lastError()).contains(second.value()).doesNotContain(first.value());
    }

    @Test
    default void thoseWhoWaitForOneThatItsBlockerEndsAreResolvedInTheSameTransaction() {
        ChainId bottom = startOther();
        StoredJob second = startWaiting(on(bottom, OnFailure.FAIL));
        StoredJob third = startWaiting(on(second.job().chainId(), OnFailure.CANCEL));
        StoredJob fourth = startWaiting(on(third.job().chainId(), OnFailure.FAIL));
        StoredJob runs = startWaiting(on(third.job().chainId(), OnFailure.RUN));
        StoredJob waits = startWaiting(on(fourth.job().chainId(), OnFailure.WAIT));

        Finished finished = failChain(bottom);

        assertThat(statuses(second, third, fourth, runs, waits))
                .containsExactly(Status.FAILED, Status.CANCELLED, Status.FAILED, Status.PENDING, Status.BLOCKED);
        assertThat(finished.resolved().ended()).containsExactlyInAnyOrder(at(second), at(third), at(fourth));
        assertThat(finished.resolved().unblocked()).containsExactly(at(runs));
        assertThat(at(fourth).lastError())
                .isEqualTo("it waited for chain " + third.job().chainId() + ", which was cancelled");
    }

    @Test
    default void oneThatWaitsForTwoChainsWhichEndTogetherIsEndedOnce() {
        ChainId bottom = startOther();
        StoredJob left = startWaiting(on(bottom, OnFailure.FAIL));
        StoredJob right = startWaiting(on(bottom, OnFailure.CANCEL));
        StoredJob top = startWaiting(
                on(right.job().chainId(), OnFailure.CANCEL), on(left.job().chainId(), OnFailure.FAIL));

        Finished finished = failChain(bottom);

        assertThat(statuses(left, right, top)).containsExactly(Status.FAILED, Status.CANCELLED, Status.CANCELLED);
        assertThat(finished.resolved().ended())
                .extracting(Job::id)
                .containsExactlyInAnyOrder(
                        left.job().id(), right.job().id(), top.job().id());
    }

    @Test
    default void aContinuationThatWaitsIsEndedWithItsChain() {
        StoredJob first = startAndAcquire("blocker");
        ChainId failing = startOther();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(on(failing, OnFailure.FAIL))));
        StoredJob waitsForChain =
                startWaiting(on(first.job().chainId(), OnFailure.CANCEL), on(failing, OnFailure.WAIT));

        failChain(failing);

        assertThat(statuses(first, waitsForChain)).containsExactly(Status.FAILED, Status.CANCELLED);
        assertThat(at(first).position()).isEqualTo(1);
        assertThat(store().jobs(first.job().chainId()))
                .extracting(job -> job.job().status())
                .containsExactly(Status.COMPLETED, Status.FAILED);
        assertThat(inTransaction(() -> store().retry(first.job().chainId()))
                        .job()
                        .status())
                .as("its chain has failed, and so has its blocker still")
                .isEqualTo(Status.FAILED);
    }

    @Test
    default void aChainThatStartsAfterItsBlockerFailedIsWhatTheOptionSays() {
        ChainId failed = startOther();
        failChain(failed);

        StoredJob waits = startWaiting(on(failed, OnFailure.WAIT));
        StoredJob runs = startWaiting(on(failed, OnFailure.RUN));
        StoredJob fails = startWaiting(on(failed, OnFailure.FAIL));
        StoredJob isCancelled = startWaiting(on(failed, OnFailure.CANCEL));

        assertThat(List.of(waits, runs, fails, isCancelled))
                .extracting(job -> job.job().status())
                .containsExactly(Status.BLOCKED, Status.PENDING, Status.FAILED, Status.CANCELLED);
        assertThat(fails).isEqualTo(chain(fails.job().chainId()));
        assertThat(fails.job().lastError()).isEqualTo("it waited for chain " + failed + ", which failed");
        assertThat(startWaiting(on(fails.job().chainId(), OnFailure.FAIL)).job().status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    default void aContinuationWhoseBlockerHasFailedEndsItsChainAtOnce() {
        ChainId failed = startOther();
        failChain(failed);
        StoredJob first = startAndAcquire("blocker");
        StoredJob waits = startWaiting(on(first.job().chainId(), OnFailure.CANCEL));

        Finished finished = inTransaction(
                () -> store().continueWith(first.token(), NewJobs.waitingFor(on(failed, OnFailure.FAIL))));

        assertThat(finished.chainOver()).isTrue();
        assertThat(finished.resolved().ended()).containsExactlyInAnyOrder(at(first), at(waits));
        assertThat(statuses(first, waits)).containsExactly(Status.FAILED, Status.CANCELLED);
        assertThat(at(first).position()).isEqualTo(1);
    }

    @Test
    default void aContinuationThatRunsAllTheSameIsDue() {
        ChainId failed = startOther();
        failChain(failed);
        StoredJob first = startAndAcquire("a");

        Finished finished =
                inTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(on(failed, OnFailure.RUN))));

        assertThat(finished).isEqualTo(Finished.CONTINUED);
        assertThat(acquireOne("waiting").job().chainId()).isEqualTo(first.job().chainId());
    }

    @Test
    default void aRetryIsInVainWhileTheBlockerHasFailedAndNotAfterItsOwnRetry() {
        ChainId blocker = startOther();
        StoredJob waiting = startWaiting(on(blocker, OnFailure.FAIL));
        failChain(blocker);

        StoredJob inVain = inTransaction(() -> store().retry(waiting.job().chainId()));
        inTransaction(() -> store().retry(blocker));
        StoredJob retried = inTransaction(() -> store().retry(waiting.job().chainId()));

        assertThat(inVain.job().status()).isEqualTo(Status.FAILED);
        assertThat(inVain.job().lastError()).isEqualTo("it waited for chain " + blocker + ", which failed");
        assertThat(retried.job().status()).isEqualTo(Status.BLOCKED);
        completeFromOutside(blocker, "1");
        assertThat(at(waiting).status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aChainThatIsReapedToFailedResolvesItsWaiters() {
        StoredJob single = startAndAcquire("blocker");
        StoredJob first = startAndAcquire("blocker");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("blocker")));
        acquireOne("blocker");
        List<StoredJob> waiting = new ArrayList<>();
        for (StoredJob blocker : List.of(single, first)) {
            waiting.add(start(NewJobs.waitingFor(on(blocker.job().chainId(), OnFailure.FAIL))));
        }
        advance(LEASE_AND_MORE);

        Resolved resolved = inTransaction(() -> store().reap(new AttemptLimits(1, Map.of())))
                .resolved();

        assertThat(statuses(single, first)).containsOnly(Status.FAILED);
        assertThat(resolved.ended())
                .extracting(Job::id)
                .containsExactlyInAnyOrder(
                        waiting.get(0).job().id(), waiting.get(1).job().id());
        assertThat(waiting).allSatisfy(job -> assertThat(at(job).status()).isEqualTo(Status.FAILED));
    }

    @Test
    default void aReapedJobThatRunsAgainEndsNobody() {
        StoredJob running = startAndAcquire("blocker");
        StoredJob waiting = startWaiting(on(running.job().chainId(), OnFailure.FAIL));
        advance(LEASE_AND_MORE);

        assertThat(inTransaction(() -> store().reap(NO_LIMIT)).resolved()).isEqualTo(Resolved.NONE);
        assertThat(at(waiting).status()).isEqualTo(Status.BLOCKED);
    }

    @Test
    default void theSweepResolvesThoseWhoWereMissed() {
        ChainId failing = startOther();
        StoredJob fails = startWaiting(on(failing, OnFailure.FAIL));
        StoredJob isCancelled = startWaiting(on(failing, OnFailure.CANCEL));
        StoredJob runs = startWaiting(on(failing, OnFailure.RUN));
        StoredJob waits = startWaiting(on(failing, OnFailure.WAIT));
        failChain(failing);
        for (StoredJob missed : List.of(fails, isCancelled, runs)) {
            harness().missUnblocking(missed.job().id());
        }
        StoredJob waitsForMissed = startWaiting(on(fails.job().chainId(), OnFailure.FAIL));
        assertThat(statuses(fails, isCancelled, runs, waitsForMissed)).containsOnly(Status.BLOCKED);
        advance(Duration.ofMinutes(2));

        Resolved missed = inTransaction(() -> store().sweep(Duration.ofMinutes(1), NO_LIMIT))
                .orElseThrow()
                .missed();

        assertThat(statuses(fails, isCancelled, runs, waits, waitsForMissed))
                .containsExactly(Status.FAILED, Status.CANCELLED, Status.PENDING, Status.BLOCKED, Status.FAILED);
        assertThat(missed.unblocked()).containsExactly(at(runs));
        assertThat(missed.ended()).containsExactlyInAnyOrder(at(fails), at(isCancelled), at(waitsForMissed));
    }

    @Test
    default void ofChainsThatAreCancelledTogetherNoneIsEndedByAnother() {
        ChainId blocker = startOther();
        StoredJob waiting = startWaiting(on(blocker, OnFailure.FAIL));

        Resolved resolved = inTransaction(
                        () -> store().cancel(List.of(blocker, waiting.job().chainId())))
                .resolved();

        assertThat(at(waiting).status()).isEqualTo(Status.CANCELLED);
        assertThat(resolved).isEqualTo(Resolved.NONE);
    }

    @Test
    default void everyoneWhoWaitsIsEnded() {
        ChainId blocker = startOther();
        startAll(NewJobs.copies(1_100, NewJobs.waitingFor(on(blocker, OnFailure.FAIL))));
        startAll(NewJobs.copies(10, NewJobs.waitingFor(on(blocker, OnFailure.RUN))));

        Finished finished = failChain(blocker);

        assertThat(finished.resolved().ended())
                .hasSize(1_100)
                .allSatisfy(job -> assertThat(job.lastError()).contains(blocker.value()));
        assertThat(acquireAll(worker(), "waiting")).hasSize(10);
    }

    @Test
    default void aJobThatItsBlockerEndedFreesItsKey() {
        ChainId blocker = startOther();
        StoredJob waiting = start(NewJobs.keyedAndWaitingFor("k", on(blocker, OnFailure.CANCEL)));

        cancelChain(blocker);
        StoredJob next = start(NewJobs.keyedAndWaitingFor("k", on(startOther(), OnFailure.CANCEL)));

        assertThat(next.job().chainId()).isNotEqualTo(waiting.job().chainId());
    }
}
