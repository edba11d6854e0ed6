package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * {@link ee.jobqueue.spi.JobStore#register}, {@link ee.jobqueue.spi.JobStore#renew}, {@link
 * ee.jobqueue.spi.JobStore#running} and {@link ee.jobqueue.spi.JobStore#retire}.
 */
interface LeaseContract extends StoreFixture {

    /** Renews a lease. */
    default Renewal renew(WorkerId worker) {
        return inTransaction(() -> store().renew(worker, LEASE));
    }

    @Test
    default void eachRegistrationGivesANewId() {
        WorkerId first = worker();
        doInTransaction(() -> store().retire(first));

        assertThat(Set.of(first, worker(), worker())).hasSize(3);
    }

    @Test
    default void aLeaseIsRenewedAsOftenAsAskedFor() {
        WorkerId worker = worker();
        for (int renewal = 0; renewal < 3; renewal++) {
            advance(LEASE.minusSeconds(10));
            assertThat(renew(worker)).isEqualTo(new Renewal(true, false));
        }
        assertThat(inTransaction(() -> store().reap(NO_LIMIT)).jobs()).isEmpty();
        assertThat(renew(worker).kept()).isTrue();
    }

    @Test
    default void anUnknownWorkersLeaseIsNotRenewed() {
        WorkerId worker = worker();
        doInTransaction(() -> store().retire(worker));

        assertThat(renew(worker)).isEqualTo(new Renewal(false, false));
    }

    @Test
    default void aLateRenewalKeepsTheLeaseThatNobodySawEnd() {
        WorkerId worker = worker();
        advance(LEASE_AND_MORE);

        assertThat(renew(worker)).isEqualTo(new Renewal(true, false));
    }

    @Test
    default void aRenewalTellsThatAnothersLeaseIsOverByTheStoresClock() {
        WorkerId worker = worker();
        worker();

        assertThat(renew(worker).othersOver()).isFalse();
        advance(LEASE_AND_MORE);
        assertThat(renew(worker)).isEqualTo(new Renewal(true, true));
    }

    @Test
    default void aLeaseLastsAsLongAsItsRenewalSays() {
        WorkerId worker = worker();
        WorkerId other = worker();
        inTransaction(() -> store().renew(other, Duration.ofHours(1)));
        advance(Duration.ofMinutes(59));

        assertThat(renew(worker).othersOver()).isFalse();
        advance(Duration.ofMinutes(2));
        assertThat(renew(worker).othersOver()).isTrue();
    }

    @Test
    default void runningJobsAreThoseOfTheWorkerAlone() {
        startAll(NewJobs.copies(2, NewJobs.of("a")));
        WorkerId worker = worker();
        List<StoredJob> jobs = acquireAll(worker, "a");
        StoredJob others = startAndAcquire("a");

        assertThat(store().running(worker))
                .containsExactlyInAnyOrder(jobs.get(0).token(), jobs.get(1).token());
        assertThat(store().running(others.token().worker())).containsExactly(others.token());
        complete(jobs.get(0).token(), null);
        assertThat(store().running(worker)).containsExactly(jobs.get(1).token());
    }

    @Test
    default void aRetiredWorkerIsForgotten() {
        WorkerId worker = worker();

        doInTransaction(() -> store().retire(worker));

        assertThat(renew(worker).kept()).isFalse();
        advance(LEASE_AND_MORE);
        assertThat(renew(worker()).othersOver()).isFalse();
    }

    @Test
    default void aWorkerWithRunningJobsIsLeftToItsLease() {
        StoredJob running = startAndAcquire("a");
        WorkerId worker = running.token().worker();

        doInTransaction(() -> store().retire(worker));

        advance(LEASE_AND_MORE);
        assertThat(renew(worker())).isEqualTo(new Renewal(true, true));
        assertThat(inTransaction(() -> store().reap(NO_LIMIT)).jobs()).hasSize(1);
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aLockedJobKeepsNoLeaseFromBeingRenewed() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Renewal>> endings = beside(
                () -> {
                    store().hold(running.token());
                    return new Renewal(false, false);
                },
                () -> store().renew(running.token().worker(), LEASE));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(endings.get(1).committed()).isEqualTo(new Renewal(true, false));
    }

    @Test
    default void aRenewalThatFindsItsRowLockedFailsAtOnceToBeTriedAgain() {
        WorkerId worker = worker();

        Ending<Renewal> renewal =
                triedWhileHeld(() -> store().renew(worker, LEASE), () -> store().renew(worker, LEASE));

        assertThat(renewal.isCommitted()).isEqualTo(waitsForWriters() || has(Trait.ACTS_AT_ONCE));
        if (!renewal.isCommitted()) {
            assertThat(renewal.error()).isInstanceOf(StoreUnavailableException.class);
            assertThat(store().isTransient(renewal.error())).isTrue();
            assertThat(store().isOutage(renewal.error())).isFalse();
        }
        assertThat(renew(worker).kept()).isTrue();
    }

    @Test
    default void aLockedWorkerKeepsNoOtherFromBeingRegisteredRenewedReadAndRetired() {
        WorkerId locked = worker();
        advance(LEASE_AND_MORE);
        WorkerId idle = worker();
        StoredJob running = startAndAcquire("a");
        WorkerId worker = running.token().worker();

        List<Object> done = whileHeld(() -> store().renew(locked, LEASE), () -> {
            store().retire(idle);
            return List.of(
                    store().register(NewJobs.WORKER, LEASE),
                    store().renew(worker, LEASE).kept(),
                    store().running(worker));
        });

        assertThat(renew((WorkerId) done.get(0)).kept()).isTrue();
        assertThat(done.subList(1, 3)).containsExactly(true, List.of(running.token()));
        assertThat(renew(idle).kept()).isFalse();
        assertThat(renew(locked).kept()).isTrue();
    }

    @Test
    default void aWorkerWhoseRowIsLockedWhenItRetiresIsLeftToItsLease() {
        WorkerId worker = worker();

        whileHeld(() -> store().renew(worker, LEASE), () -> {
            store().retire(worker);
            return worker;
        });

        advance(LEASE_AND_MORE);
        assertThat(inTransaction(() -> store().reap(NO_LIMIT)).jobs()).isEmpty();
        assertThat(renew(worker).kept()).isFalse();
    }

    @Test
    default void aWorkerThatRetiresWaitsForNoJobThatIsStillFinishing() {
        StoredJob running = startAndAcquire("a");
        WorkerId worker = running.token().worker();

        whileHeld(() -> store().hold(running.token()), () -> {
            store().retire(worker);
            return worker;
        });

        assertThat(renew(worker).kept()).isTrue();
    }

    @Test
    default void aRenewalKeepsNoAttemptFromFinishing() {
        StoredJob running = startAndAcquire("a");
        Token token = running.token();

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        () -> store().job(token.jobId()).isPresent(), // the attempt's transaction has read its job
                        () -> store().renew(token.worker(), LEASE).kept(),
                        read -> store().complete(token, "1").chainOver());

        assertThat(Ending.values(endings)).containsExactly(true, true);
        assertThat(job(token.jobId()).output()).isEqualTo("1");
    }

    @Test
    default void anUncommittedFinishKeepsNoLeaseFromBeingRenewed() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Boolean>> endings = beside(
                () -> store().complete(running.token(), "1").chainOver(),
                () -> store().renew(running.token().worker(), LEASE).kept());

        assertThat(Ending.values(endings)).containsExactly(true, true);
    }
}
