package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The matrix of {@link Transition}: every verb from every status, allowed or refused as the table says, and leading where
 * it says.
 */
interface TransitionContract extends StoreFixture {

    /** What callers from outside do, who are told that the job is over. */
    Set<Transition> FROM_OUTSIDE = Set.of(Transition.COMPLETE_FROM_OUTSIDE, Transition.CANCEL);

    /** What callers from outside do to jobs that wait for their time. */
    Set<Transition> OF_WAITING_JOBS =
            Set.of(Transition.TRIGGER, Transition.RESCHEDULE_FROM_OUTSIDE, Transition.PRIORITIZE);

    @Test
    default void jobsAreUnblockedFromWhereTheTableSays() {
        assertMatrix(Transition.UNBLOCK);
    }

    @Test
    default void jobsFailByTheirBlockersFromWhereTheTableSays() {
        assertMatrix(Transition.FAIL_BY_BLOCKER);
    }

    @Test
    default void jobsAreCancelledByTheirBlockersFromWhereTheTableSays() {
        assertMatrix(Transition.CANCEL_BY_BLOCKER);
    }

    @Test
    default void jobsAreAcquiredFromWhereTheTableSays() {
        assertMatrix(Transition.ACQUIRE);
    }

    @Test
    default void attemptsCompleteFromWhereTheTableSays() {
        assertMatrix(Transition.COMPLETE);
    }

    @Test
    default void attemptsPutBackFromWhereTheTableSays() {
        assertMatrix(Transition.RESCHEDULE);
    }

    @Test
    default void attemptsFailFromWhereTheTableSays() {
        assertMatrix(Transition.FAIL);
    }

    @Test
    default void jobsAreReapedFromWhereTheTableSays() {
        assertMatrix(Transition.REAP);
    }

    @Test
    default void jobsAreCompletedFromOutsideFromWhereTheTableSays() {
        assertMatrix(Transition.COMPLETE_FROM_OUTSIDE);
    }

    @Test
    default void jobsAreCancelledFromWhereTheTableSays() {
        assertMatrix(Transition.CANCEL);
    }

    @Test
    default void jobsAreRetriedFromWhereTheTableSays() {
        assertMatrix(Transition.RETRY);
    }

    @Test
    default void jobsAreTriggeredFromWhereTheTableSays() {
        assertMatrix(Transition.TRIGGER);
    }

    @Test
    default void jobsAreRescheduledFromOutsideFromWhereTheTableSays() {
        assertMatrix(Transition.RESCHEDULE_FROM_OUTSIDE);
    }

    @Test
    default void jobsAreGivenAnotherPriorityFromWhereTheTableSays() {
        assertMatrix(Transition.PRIORITIZE);
    }

    @Test
    default void everyTransitionHasAVerb() {
        assertThat(Arrays.stream(Verb.values()).map(Verb::transition)).contains(Transition.values());
    }

    private void assertMatrix(Transition transition) {
        Set<Status> ledTo = EnumSet.noneOf(Status.class);
        for (Verb verb : Verb.values()) {
            if (verb.transition() == transition) {
                for (Status status : Status.values()) {
                    emptyTheStore();
                    assertCell(verb, status, verb.bring(this, status), ledTo);
                }
            }
        }
        assertThat(ledTo).isEqualTo(transition.to());
    }

    private void assertCell(Verb verb, Status from, Standing job, Set<Status> ledTo) {
        StoredJob before = job(job.id());
        assertThat(before.job().status()).isEqualTo(from);

        Throwable error = catchThrowable(() -> verb.apply(this, job));

        StoredJob after = job(job.id());
        if (verb.transition().isAllowedFrom(from)) {
            assertThat(error).as("%s from %s", verb, from).isNull();
            assertThat(after.job().status())
                    .as("%s from %s", verb, from)
                    .isIn(verb.transition().to());
            ledTo.add(after.job().status());
        } else {
            assertRefused(verb, from, error);
            assertThat(content(after)).as("%s from %s", verb, from).isEqualTo(content(before));
            assertThat(store().jobs(job.chain())).as("%s from %s", verb, from).hasSize(1);
        }
    }

    private void assertRefused(Verb verb, Status from, @Nullable Throwable error) {
        if (verb.passesOver()) {
            assertThat(error).as("%s from %s", verb, from).isNull();
        } else if (FROM_OUTSIDE.contains(verb.transition())) {
            assertThat(error)
                    .as("%s from %s", verb, from)
                    .isInstanceOfSatisfying(
                            AlreadyOverException.class,
                            e -> assertThat(e.status()).isEqualTo(from));
        } else if (verb.transition() == Transition.RETRY) {
            assertThat(error)
                    .as("%s from %s", verb, from)
                    .isInstanceOfSatisfying(
                            NotRetryableException.class,
                            e -> assertThat(e.status()).isEqualTo(from));
        } else if (OF_WAITING_JOBS.contains(verb.transition())) {
            assertThat(error)
                    .as("%s from %s", verb, from)
                    .isInstanceOfSatisfying(
                            NotTriggerableException.class,
                            e -> assertThat(e.status()).isEqualTo(from));
        } else {
            assertThat(error).as("%s from %s", verb, from).isInstanceOf(LeaseLostException.class);
        }
    }

    /** What a refused verb must not change; times move with the store's clock. */
    private static List<Optional<Object>> content(StoredJob stored) {
        Job job = stored.job();
        return List.of(
                Optional.of(job.status()),
                Optional.of(job.priority()),
                Optional.of(job.attempt()),
                Optional.of(job.failures()),
                Optional.of(stored.conflicts()),
                Optional.ofNullable(job.worker()),
                Optional.ofNullable(job.lastError()),
                Optional.ofNullable(stored.output()));
    }
}
