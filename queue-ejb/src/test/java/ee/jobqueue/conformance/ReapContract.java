package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#reap}. */
interface ReapContract extends StoreFixture {

    /** The first failure is the last. */
    AttemptLimits ONE_ATTEMPT = new AttemptLimits(1, Map.of());

    /** Sweeps after whatever was passed over; answers the jobs that were reaped. */
    default List<Job> sweepAll(AttemptLimits limits) {
        advance(LEASE_AND_MORE);
        return inTransaction(() -> store().sweep(LEASE, limits))
                .orElseThrow()
                .reaped()
                .jobs();
    }

    /** Reaps with limits. */
    default List<Job> reap(AttemptLimits limits) {
        return inTransaction(() -> store().reap(limits)).jobs();
    }

    @Test
    default void jobsOfAWorkerWhoseLeaseIsKeptAreLeftAlone() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE.minusSeconds(10));

        assertThat(reap(NO_LIMIT)).isEmpty();
        assertThat(job(running.job().id()).token()).isEqualTo(running.token());
    }

    @Test
    default void jobsOfAWorkerWhoseLeaseIsOverAreDueAtOnceWithAFailure() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Job> reaped = reap(NO_LIMIT);

        Job job = job(running.job().id()).job();
        assertThat(reaped).containsExactly(job);
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.scheduled()).isFalse();
        assertThat(job.failures()).isEqualTo(1);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(acquireOne("a").job().attempt()).isEqualTo(2);
    }

    @Test
    default void aJobWhoseFailuresAreUsedUpHasFailed() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Job> reaped = reap(new AttemptLimits(1, Map.of()));

        Job job = chain(running.job().chainId()).job();
        assertThat(reaped).containsExactly(job);
        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(job.endedAt()).isNotNull();
        assertThat(job.failures()).isEqualTo(1);
        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void theLimitIsThatOfTheType() {
        startAll(List.of(NewJobs.of("a"), NewJobs.of("b"), NewJobs.of("c")));
        acquireAll(worker(), "a", "b", "c");
        advance(LEASE_AND_MORE);

        List<Job> reaped = reap(new AttemptLimits(2, Map.of("b", 1, "c", 0)));

        assertThat(reaped)
                .filteredOn(job -> job.status() == Status.FAILED)
                .extracting(Job::type)
                .containsExactly("b");
        assertThat(reaped)
                .filteredOn(job -> job.status() == Status.PENDING)
                .extracting(Job::type)
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    default void failuresOfAttemptsAndOfLeasesAddUp() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().fail(first.token(), "no luck", Schedule.NOW));
        acquireOne("a");
        advance(LEASE_AND_MORE);

        reap(new AttemptLimits(2, Map.of()));

        Job job = job(first.job().id()).job();
        assertThat(job.failures()).isEqualTo(2);
        assertThat(job.status()).isEqualTo(Status.FAILED);
    }

    @Test
    default void aWorkerThatWasSeenToBeOverCannotRenew() {
        WorkerId worker = worker();
        advance(LEASE_AND_MORE);

        reap(NO_LIMIT);

        assertThat(inTransaction(() -> store().renew(worker, LEASE)).kept()).isFalse();
    }

    @Test
    default void aWorkerThatWasPausedPastItsLeaseCompletesNothing() {
        StoredJob paused = startAndAcquire("a");
        advance(LEASE_AND_MORE);
        reap(NO_LIMIT);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(paused.token(), "\"paused\""));
        StoredJob successor = acquireOne("a");
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(paused.token(), "\"paused\""));
        complete(successor.token(), "\"successor\"");
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(paused.token(), "\"paused\""));
        assertThat(job(paused.job().id()).output()).isEqualTo("\"successor\"");
    }

    @Test
    default void noTokenIsEverUsedTwice() {
        start("a");
        List<Token> tokens = new ArrayList<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            tokens.add(acquireOne("a").token());
            advance(LEASE_AND_MORE);
            reap(NO_LIMIT);
        }

        assertThat(tokens).doesNotHaveDuplicates().extracting(Token::attempt).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    default void twoReapsAtOnceCountOneFailureForEachJob() {
        startAll(NewJobs.copies(10, NewJobs.of("a")));
        acquireAll(worker(), "a");
        advance(LEASE_AND_MORE);

        List<List<Job>> reaped = Ending.values(atOnce().overlapping(List.of(
                () -> store().reap(NO_LIMIT).jobs(),
                () -> store().reap(NO_LIMIT).jobs())));

        List<Job> all = new ArrayList<>();
        reaped.forEach(all::addAll);
        assertThat(all).hasSize(10).extracting(Job::id).doesNotHaveDuplicates();
        assertThat(acquireAll(worker(), "a"))
                .hasSize(10)
                .allSatisfy(job -> assertThat(job.job().failures()).isEqualTo(1));
    }

    @Test
    default void ofAFinishAndAReapAtOnceOneHasTheJob() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        () -> store().complete(running.token(), "1").chainOver(),
                        () -> store().reap(NO_LIMIT).jobs().isEmpty());

        assertThat(Ending.values(endings)).containsExactly(true, true);
        Job job = job(running.job().id()).job();
        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(job.failures()).isZero();
    }

    @Test
    default void aFinishThatWaitsForAReapIsRefused() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        () -> store().reap(NO_LIMIT).jobs().size() == 1,
                        () -> store().complete(running.token(), "1").chainOver());

        assertThat(endings.get(0).committed()).isTrue();
        assertThat(endings.get(1).error()).isInstanceOf(LeaseLostException.class);
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void ofARenewalAndAReapAtOnceOneHasTheLease() {
        StoredJob running = startAndAcquire("a");
        WorkerId worker = running.token().worker();
        advance(LEASE_AND_MORE);

        List<Ending<Boolean>> renewedFirst = atOnce().overlappingInOrder(
                        () -> store().renew(worker, LEASE).kept(),
                        () -> store().reap(NO_LIMIT).jobs().isEmpty());
        advance(LEASE_AND_MORE);
        List<Ending<Boolean>> reapedFirst = atOnce().overlappingInOrder(
                        () -> store().reap(NO_LIMIT).jobs().size() == 1,
                        () -> store().renew(worker, LEASE).kept());

        assertThat(Ending.values(renewedFirst)).containsExactly(true, true);
        assertThat(Ending.values(reapedFirst)).containsExactly(true, false);
    }

    @Test
    default void aWorkerWhoseRowIsLockedKeepsNoOtherFromBeingReaped() {
        StoredJob locked = startAndAcquire("a");
        StoredJob free = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> store().renew(locked.token().worker(), LEASE),
                () -> store().reap(NO_LIMIT).jobs());

        assertThat(reaped).extracting(Job::id).containsExactly(free.job().id());
        assertThat(job(locked.job().id()).token()).isEqualTo(locked.token());
        advance(LEASE_AND_MORE);
        assertThat(reap(NO_LIMIT))
                .extracting(Job::id)
                .containsExactly(locked.job().id());
    }

    @Test
    default void aLockedJobKeepsNoOtherFromBeingReaped() {
        startAll(NewJobs.copies(5, NewJobs.of("a")));
        List<StoredJob> jobs = acquireAll(worker(), "a");
        JobId locked = jobs.get(2).job().id();
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> store().hold(jobs.get(2).token()),
                () -> store().reap(NO_LIMIT).jobs());

        assertThat(reaped).hasSize(waitsForWriters() ? 5 : 4);
        List<Job> swept = sweepAll(NO_LIMIT);
        assertThat(reaped.size() + swept.size()).isEqualTo(5);
        assertThat(swept).allSatisfy(job -> assertThat(job.id()).isEqualTo(locked));
        assertThat(acquireAll(worker(), "a"))
                .hasSize(5)
                .allSatisfy(job -> assertThat(job.job().failures()).isEqualTo(1));
    }

    @Test
    default void anOpenCancellationKeepsNoOtherFromBeingReaped() {
        startAll(NewJobs.copies(2, NewJobs.of("a")));
        List<StoredJob> jobs = acquireAll(worker(), "a");
        JobId cancelled = jobs.get(0).job().id();
        JobId other = jobs.get(1).job().id();
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> store().cancel(List.of(jobs.get(0).job().chainId())),
                () -> store().reap(NO_LIMIT).jobs());

        assertThat(reaped).extracting(Job::id).containsExactly(other);
        assertThat(sweepAll(NO_LIMIT)).isEmpty();
        assertThat(job(cancelled).job().status()).isEqualTo(Status.CANCELLED);
    }

    /** While one of them is being awaited by a third transaction, its chain's row is locked. */
    @Test
    default void aLockedChainKeepsNoOtherFromFailing() {
        StoredJob first = startAndAcquire("blocker");
        WorkerId worker = worker();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("a")));
        startAll(List.of(NewJobs.of("a")));
        List<JobId> running =
                acquireAll(worker, "a").stream().map(job -> job.job().id()).toList();
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> store().start(List.of(NewJobs.waitingFor(first.job().chainId()))),
                () -> store().reap(ONE_ATTEMPT).jobs());

        assertThat(reaped).isNotEmpty();
        sweepAll(ONE_ATTEMPT);
        assertThat(running)
                .allSatisfy(job -> assertThat(job(job).job().status()).isEqualTo(Status.FAILED));
    }

    @Test
    default void aLockedJobThatWaitsKeepsNoOtherFromBeingReapedAndIsResolvedByTheSweep() {
        StoredJob blocker = startAndAcquire("blocker");
        ChainId chain = blocker.job().chainId();
        StoredJob fails = start(NewJobs.waitingFor(new Blocker(chain, OnFailure.FAIL)));
        StoredJob runs = start(NewJobs.waitingFor(new Blocker(chain, OnFailure.RUN)));
        StoredJob free = start(NewJobs.waitingFor(new Blocker(chain, OnFailure.CANCEL)));
        StoredJob other = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> List.of(fails, runs)
                        .forEach(waiting -> store().lock(waiting.job().chainId())),
                () -> store().reap(ONE_ATTEMPT).jobs());

        assertThat(reaped)
                .extracting(Job::id)
                .containsExactlyInAnyOrder(blocker.job().id(), other.job().id());
        sweepAll(ONE_ATTEMPT);
        assertThat(job(fails.job().id()).job().status()).isEqualTo(Status.FAILED);
        assertThat(job(runs.job().id()).job().status()).isEqualTo(Status.PENDING);
        assertThat(job(free.job().id()).job().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    default void aLockedChainOnALaterLevelOfWaitingIsResolvedByTheSweep() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob near = start(NewJobs.waitingFor(new Blocker(blocker.job().chainId(), OnFailure.FAIL)));
        StoredJob far = start(NewJobs.waitingFor(new Blocker(near.job().chainId(), OnFailure.FAIL)));
        advance(LEASE_AND_MORE);

        List<Job> reaped = whileHeld(
                () -> store().lock(far.job().chainId()),
                () -> store().reap(ONE_ATTEMPT).jobs());

        assertThat(reaped).extracting(Job::id).containsExactly(blocker.job().id());
        sweepAll(ONE_ATTEMPT);
        assertThat(List.of(near, far))
                .allSatisfy(
                        job -> assertThat(job(job.job().id()).job().status()).isEqualTo(Status.FAILED));
    }

    /** The row of a chain of several jobs is another one than that of the job which waits. */
    @Test
    default void aLockedChainWhoseLaterJobWaitsIsResolvedByTheSweep() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob first = startAndAcquire("waiting");
        doInTransaction(() -> store().continueWith(
                        first.token(),
                        NewJobs.waitingFor(new Blocker(blocker.job().chainId(), OnFailure.FAIL))));
        advance(LEASE_AND_MORE);

        Runnable holder =
                () -> store().start(List.of(NewJobs.waitingFor(first.job().chainId())));
        List<Job> reaped = whileHeld(holder, () -> store().reap(ONE_ATTEMPT).jobs());

        assertThat(reaped).extracting(Job::id).containsExactly(blocker.job().id());
        whileHeld(holder, () -> store().sweep(LEASE, ONE_ATTEMPT).isPresent());
        sweepAll(ONE_ATTEMPT);
        assertThat(chain(first.job().chainId()).job().status()).isEqualTo(Status.FAILED);
    }

    @Test
    default void whatIsFinishedWhileItsWorkerIsReapedIsNeverLeftRunning() {
        StoredJob running = startAndAcquire("a");
        advance(LEASE_AND_MORE);

        List<Ending<Boolean>> endings = beside(
                () -> {
                    store().hold(running.token());
                    return true;
                },
                () -> {
                    store().reap(NO_LIMIT);
                    return true;
                });
        advance(LEASE_AND_MORE);
        reap(NO_LIMIT);
        inTransaction(() -> store().sweep(LEASE, NO_LIMIT));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        Job job = job(running.job().id()).job();
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.failures()).isEqualTo(1);
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }
}
