package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
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
