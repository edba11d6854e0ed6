package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#trigger}, and rescheduling from outside. */
interface TriggerContract extends StoreFixture {

    /** Long enough to tell a schedule from now. */
    Duration HOUR = Duration.ofHours(1);

    /** Triggers chains. */
    default List<StoredJob> trigger(ChainId... chains) {
        return inTransaction(() -> store().trigger(List.of(chains)));
    }

    /** Reschedules a chain. */
    default StoredJob reschedule(ChainId chain, Schedule schedule) {
        return inTransaction(() -> store().reschedule(List.of(chain), schedule)).get(0);
    }

    @Test
    default void aTriggeredJobIsDueAtOnce() {
        StoredJob scheduled = start(NewJobs.after("a", HOUR));
        assertThat(acquireAll(worker(), "a")).isEmpty();

        List<StoredJob> triggered = trigger(scheduled.job().chainId());

        assertThat(triggered).containsExactly(job(scheduled.job().id()));
        assertThat(triggered.get(0).job())
                .matches(job -> job.status() == Status.PENDING
                        && !job.scheduled()
                        && job.scheduledAt().isBefore(scheduled.job().scheduledAt()));
        assertThat(acquireOne("a").job().id()).isEqualTo(scheduled.job().id());
    }

    @Test
    default void aJobThatIsDueAlreadyKeepsItsPlaceInTheLine() {
        StoredJob first = start("a");
        advance(HOUR);
        StoredJob second = start("a");
        Instant due = job(first.job().id()).job().scheduledAt();

        trigger(first.job().chainId());

        assertThat(job(first.job().id()).job().scheduledAt()).isEqualTo(due);
        assertThat(acquireAll(worker(), "a"))
                .extracting(stored -> stored.job().id())
                .containsExactly(first.job().id(), second.job().id());
    }

    @Test
    default void aTriggeredJobStandsBehindThoseThatAreDueBeforeIt() {
        StoredJob scheduled = start(NewJobs.after("a", HOUR));
        StoredJob due = start("a");
        advance(Duration.ofMinutes(1));

        trigger(scheduled.job().chainId());

        assertThat(acquireAll(worker(), "a"))
                .extracting(stored -> stored.job().id())
                .containsExactly(due.job().id(), scheduled.job().id());
    }

    @Test
    default void theLastJobOfAChainIsTriggered() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.after("b", HOUR)));

        trigger(first.job().chainId());

        assertThat(acquireOne("b").job().chainId()).isEqualTo(first.job().chainId());
    }

    @Test
    default void chainsAreTriggeredTogetherInTheOrderInWhichTheyAreNamed() {
        List<StoredJob> started = startAll(NewJobs.copies(2, NewJobs.after("a", HOUR)));
        ChainId one = started.get(0).job().chainId();
        ChainId two = started.get(1).job().chainId();

        List<StoredJob> triggered = trigger(two, one, two);

        assertThat(triggered).containsExactly(chain(two), chain(one));
        assertThat(acquireAll(worker(), "a")).hasSize(2);
        assertThat(trigger()).isEmpty();
    }

    @Test
    default void whenOneOfThemIsNotPendingNoneIsTriggered() {
        ChainId scheduled = start(NewJobs.after("a", HOUR)).job().chainId();
        StoredJob waiting = start(NewJobs.waitingFor(start("blocker").job().chainId()));

        assertThatExceptionOfType(NotTriggerableException.class)
                .isThrownBy(() -> trigger(scheduled, waiting.job().chainId()))
                .satisfies(e -> assertThat(e.jobId()).isEqualTo(waiting.job().id()))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.BLOCKED));
        assertThat(chain(scheduled).job().scheduled()).isTrue();
    }

    @Test
    default void whatIsUnknownIsNotTriggered() {
        ChainId unknown = unknownChain();

        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> trigger(unknown))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(unknown));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> trigger(new ChainId("no-such-form")));
    }

    @Test
    default void aJobIsPutOffFromOutsideAndBroughtForward() {
        StoredJob due = start("a");

        assertThat(reschedule(due.job().chainId(), Schedule.after(HOUR.multipliedBy(2)))
                        .job()
                        .scheduled())
                .isTrue();
        assertThat(acquireAll(worker(), "a")).isEmpty();
        StoredJob forward = reschedule(due.job().chainId(), Schedule.after(HOUR));
        assertThat(forward).isEqualTo(job(due.job().id()));

        advance(HOUR.plusMinutes(1));
        assertThat(acquireOne("a").job().id()).isEqualTo(due.job().id());
    }

    @Test
    default void aPastScheduleFromOutsideMeansNow() {
        StoredJob scheduled = start(NewJobs.after("a", HOUR));

        StoredJob rescheduled = reschedule(scheduled.job().chainId(), Schedule.at(Instant.EPOCH));

        assertThat(rescheduled.job().scheduled()).isFalse();
        assertThat(rescheduled.job().scheduledAt())
                .isAfterOrEqualTo(rescheduled.job().createdAt());
    }

    @Test
    default void aRescheduledListIsAllOrNothing() {
        ChainId pending = start("a").job().chainId();
        ChainId over = start("b").job().chainId();
        completeFromOutside(over, null);

        assertThatExceptionOfType(NotTriggerableException.class)
                .isThrownBy(() -> inTransaction(() -> store().reschedule(List.of(pending, over), Schedule.after(HOUR))))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.COMPLETED));
        assertThat(chain(pending).job().scheduled()).isFalse();
    }

    @Test
    default void aJobThatIsAcquiredAndRescheduledAtOnceRunsOn() {
        WorkerId worker = worker();
        StoredJob due = start("a");
        Callable<Boolean> acquire = () -> {
            Acquired acquired = store().acquire(worker, Set.of("a"), 1);
            return !acquired.jobs().isEmpty();
        };
        Callable<Boolean> reschedule = () -> {
            store().reschedule(List.of(due.job().chainId()), Schedule.after(HOUR));
            return true;
        };

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(acquire, reschedule);

        assertThat(endings.get(0).committed()).isTrue();
        assertThat(endings.get(1).error())
                .isInstanceOfSatisfying(
                        NotTriggerableException.class,
                        e -> assertThat(e.status()).isEqualTo(Status.RUNNING));
    }

    @Test
    default void aJobThatIsBeingRescheduledIsNotAcquiredMeanwhile() {
        WorkerId worker = worker();
        StoredJob due = start("a");

        List<Ending<Boolean>> endings = beside(
                () -> {
                    store().reschedule(List.of(due.job().chainId()), Schedule.after(HOUR));
                    return true;
                },
                () -> store().acquire(worker, Set.of("a"), 1).jobs().isEmpty());

        assertThat(endings).allMatch(Ending::isCommitted);
        assertThat(endings.get(1).committed()).as("nothing acquired").isTrue();
        assertThat(chain(due.job().chainId()).job().scheduled()).isTrue();
    }
}
