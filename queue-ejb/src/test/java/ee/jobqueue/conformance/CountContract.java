package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobId;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#counts}, the oldest due job of each type, and the workers. */
interface CountContract extends StoreFixture {

    @Test
    default void anEmptyStoreCountsNothing() {
        assertThat(store().counts()).isEmpty();
        assertThat(store().oldestDue()).isEmpty();
        assertThat(store().workers()).isEmpty();
    }

    @Test
    default void jobsAreCountedByTypeAndStatus() {
        ChainId blocker = start("blocker").job().chainId();
        startAll(NewJobs.copies(3, NewJobs.waitingFor(blocker)));
        StoredJob failing = startAndAcquire("b");
        doInTransaction(() -> store().fail(failing.token(), "for good", null));
        complete(startAndAcquire("b").token(), null);
        complete(startAndAcquire("b").token(), null);
        startAndAcquire("a");
        start(NewJobs.after("a", Duration.ofHours(1)));
        start("a");

        assertThat(store().counts())
                .containsExactly(
                        new JobCount("a", Status.PENDING, 2),
                        new JobCount("a", Status.RUNNING, 1),
                        new JobCount("b", Status.COMPLETED, 2),
                        new JobCount("b", Status.FAILED, 1),
                        new JobCount("blocker", Status.PENDING, 1),
                        new JobCount("waiting", Status.BLOCKED, 3));
    }

    @Test
    default void everyJobOfAChainIsCountedByItsOwnType() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        assertThat(store().counts())
                .containsExactly(new JobCount("a", Status.COMPLETED, 1), new JobCount("b", Status.PENDING, 1));
    }

    @Test
    default void theOldestDueJobOfEachTypeIsTheOneThatIsDueLongest() {
        JobId late = start(NewJobs.after("a", Duration.ofMinutes(10))).job().id();
        JobId early = start(NewJobs.after("a", Duration.ofMinutes(5))).job().id();
        JobId other = start(NewJobs.after("b", Duration.ofMinutes(7))).job().id();
        start(NewJobs.after("c", Duration.ofHours(1)));
        start(NewJobs.waitingFor(start("blocker").job().chainId()));
        startAndAcquire("running");
        assertThat(store().oldestDue())
                .extracting(job -> job.job().type())
                .as("what is scheduled, blocked or running is not due")
                .containsExactly("blocker");

        advance(Duration.ofMinutes(30));

        assertThat(store().oldestDue())
                .extracting(job -> job.job().id())
                .startsWith(early, other)
                .doesNotContain(late)
                .hasSize(3);
    }

    @Test
    default void aJobThatIsPutBackIsDueFromThenOn() {
        StoredJob first = startAndAcquire("a");
        JobId second = start("a").job().id();
        advance(Duration.ofMinutes(1));
        doInTransaction(() -> store().reschedule(first.token(), Schedule.NOW));

        assertThat(store().oldestDue()).extracting(job -> job.job().id()).containsExactly(second);
    }

    @Test
    default void aWorkerIsKnownWithWhatItToldAndWhatRunsUnderItWhileItHasALease() {
        NewWorker told = new NewWorker("server 1", Set.of("a", "b-2"), 7);
        WorkerId first = inTransaction(() -> store().register(told, LEASE));
        advance(Duration.ofSeconds(1));
        WorkerId second = inTransaction(() -> store().register(NewJobs.WORKER, LEASE.multipliedBy(2)));
        startAll(NewJobs.copies(3, NewJobs.of("a")));
        assertThat(acquireAll(first, "a")).hasSize(3);

        assertThat(store().workers())
                .containsExactly(new KnownWorker(first, told, 3), new KnownWorker(second, NewJobs.WORKER, 0));

        advance(LEASE);
        assertThat(store().workers()).extracting(KnownWorker::id).isEqualTo(List.of(second));
    }
}
