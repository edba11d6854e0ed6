package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Swept;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#sweep}. */
interface SweepContract extends StoreFixture {

    /** How long a sweep is good for, in these tests. */
    Duration INTERVAL = Duration.ofMinutes(1);

    /** Sweeps with limits. */
    default Optional<Swept> sweep(AttemptLimits limits) {
        return inTransaction(() -> store().sweep(INTERVAL, limits));
    }

    /** Sweeps when the last sweep is long ago. */
    default Swept sweepNow(AttemptLimits limits) {
        advance(Duration.ofMinutes(2));
        return sweep(limits).orElseThrow(() -> new AssertionError("it was not swept"));
    }

    @Test
    default void onlyOneSweepsWithinTheInterval() {
        sweepNow(NO_LIMIT);

        assertThat(sweep(NO_LIMIT)).isEmpty();
        advance(Duration.ofSeconds(50));
        assertThat(sweep(NO_LIMIT)).isEmpty();
        advance(Duration.ofSeconds(11));
        assertThat(sweep(NO_LIMIT)).isPresent();
    }

    @Test
    default void ofTwoSweepsAtOnceOneSweeps() {
        sweepNow(NO_LIMIT);
        advance(Duration.ofMinutes(2));

        List<Optional<Swept>> swept = Ending.values(atOnce().overlapping(
                        List.of(() -> store().sweep(INTERVAL, NO_LIMIT), () -> store().sweep(INTERVAL, NO_LIMIT))));

        assertThat(swept).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    default void theVeryFirstSweepsAtOnceAreOne() {
        List<Optional<Swept>> swept = Ending.values(atOnce().overlapping(
                        List.of(() -> store().sweep(INTERVAL, NO_LIMIT), () -> store().sweep(INTERVAL, NO_LIMIT))));

        assertThat(swept).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    default void aSweepThatFindsNothingChangesNothing() {
        ChainId open = start("a").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(start("blocker").job().chainId()));
        StoredJob running = acquireOne("a");

        Swept swept = sweepNow(NO_LIMIT);

        assertThat(swept.missed()).isEqualTo(Resolved.NONE);
        assertThat(swept.reaped()).isEqualTo(Reaped.NONE);
        assertThat(chain(open).token()).isEqualTo(running.token());
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.BLOCKED);
    }

    @Test
    default void aJobWhoseUnblockingWasMissedIsUnblocked() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(blocker));
        completeFromOutside(blocker, "1");
        harness().missUnblocking(waiting.job().id());
        assertThat(job(waiting.job().id()).job().status()).isEqualTo(Status.BLOCKED);

        Swept swept = sweepNow(NO_LIMIT);

        assertThat(swept.missed().unblocked())
                .containsExactly(job(waiting.job().id()).job());
        assertThat(acquireAll(worker(), "waiting")).hasSize(1);
    }

    @Test
    default void aJobThatRunsUnderAnUnknownWorkerIsReaped() {
        StoredJob started = start("a");
        WorkerId forgotten = worker();
        doInTransaction(() -> store().retire(forgotten));
        acquireAll(forgotten, "a"); // as when its acquire commits just after it was forgotten

        Swept swept = sweepNow(NO_LIMIT);

        Job job = job(started.job().id()).job();
        assertThat(swept.reaped().jobs()).containsExactly(job);
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.failures()).isEqualTo(1);
    }

    @Test
    default void aLockedJobThatWasMissedKeepsNoOtherFromBeingUnblocked() {
        ChainId blocker = start("blocker").job().chainId();
        StoredJob locked = start(NewJobs.waitingFor(blocker));
        StoredJob free = start(NewJobs.waitingFor(blocker));
        completeFromOutside(blocker, "1");
        harness().missUnblocking(locked.job().id());
        harness().missUnblocking(free.job().id());
        advance(Duration.ofMinutes(2));

        whileHeld(
                () -> store().lock(locked.job().chainId()),
                () -> store().sweep(INTERVAL, NO_LIMIT).isPresent());

        assertThat(job(free.job().id()).job().status()).isEqualTo(Status.PENDING);
        sweepNow(NO_LIMIT);
        assertThat(job(locked.job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aLockedJobUnderAnUnknownWorkerKeepsNoOtherFromBeingReaped() {
        startAll(NewJobs.copies(3, NewJobs.of("a")));
        WorkerId forgotten = worker();
        doInTransaction(() -> store().retire(forgotten));
        List<StoredJob> jobs = acquireAll(forgotten, "a");
        advance(Duration.ofMinutes(2));

        List<Job> reaped = whileHeld(
                () -> store().hold(jobs.get(1).token()),
                () -> store().sweep(INTERVAL, NO_LIMIT).orElseThrow().reaped().jobs());

        assertThat(reaped).hasSize(waitsForWriters() ? 3 : 2);
        assertThat(reaped.size() + sweepNow(NO_LIMIT).reaped().jobs().size()).isEqualTo(3);
    }

    @Test
    default void theSweepReapsWithinTheLimits() {
        StoredJob started = start("a");
        WorkerId forgotten = worker();
        doInTransaction(() -> store().retire(forgotten));
        acquireAll(forgotten, "a");

        sweepNow(new AttemptLimits(0, Map.of("a", 1)));

        assertThat(chain(started.job().chainId()).job().status()).isEqualTo(Status.FAILED);
    }

    @Test
    default void theSweepLeavesLiveWorkersJobsAlone() {
        StoredJob running = startAndAcquire("a");
        inTransaction(() -> store().renew(running.token().worker(), Duration.ofHours(1)));

        assertThat(sweepNow(NO_LIMIT).reaped().jobs()).isEmpty();
        complete(running.token(), null);
    }

    @Test
    default void theSweepTellsTheTypesOfOpenJobs() {
        ChainId blocker = start("blocker").job().chainId();
        start(NewJobs.waitingFor(blocker));
        startAndAcquire("running");
        start(NewJobs.after("scheduled", Duration.ofHours(1)));
        completeFromOutside(start("completed").job().chainId(), null);
        StoredJob failing = startAndAcquire("failed");
        doInTransaction(() -> store().fail(failing.token(), "for good", null));

        assertThat(sweepNow(NO_LIMIT).openTypes())
                .containsExactlyInAnyOrder("blocker", "waiting", "running", "scheduled");
    }
}
