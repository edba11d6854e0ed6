package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#reschedule}. */
interface RescheduleContract extends StoreFixture {

    /** Reschedules by the right of an attempt. */
    default void reschedule(Token token, Schedule schedule) {
        doInTransaction(() -> store().reschedule(token, schedule));
    }

    @Test
    default void aRescheduledJobIsPendingUntilItsTimeWithoutAFailure() {
        StoredJob running = startAndAcquire("a");

        reschedule(running.token(), Schedule.after(Duration.ofHours(1)));

        Job job = job(running.job().id()).job();
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.scheduled()).isTrue();
        assertThat(job.failures()).isZero();
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(store().running(running.token().worker())).isEmpty();
        assertThat(acquireAll(worker(), "a")).isEmpty();
        advance(Duration.ofMinutes(61));
        assertThat(acquireOne("a").job().attempt()).isEqualTo(2);
    }

    @Test
    default void reschedulingToThePastMeansNow() {
        StoredJob running = startAndAcquire("a");

        reschedule(running.token(), Schedule.at(Instant.EPOCH));

        assertThat(job(running.job().id()).job().scheduledAt())
                .isAfterOrEqualTo(running.job().createdAt());
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }

    @Test
    default void reschedulingResetsConflicts() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().conflict(first.token()));
        StoredJob second = acquireOne("a");

        reschedule(second.token(), Schedule.NOW);

        assertThat(second.conflicts()).isEqualTo(1);
        assertThat(job(second.job().id()).conflicts()).isZero();
    }

    @Test
    default void aTokenThatLostItsJobReschedulesNothing() {
        StoredJob running = startAndAcquire("a");
        complete(running.token(), null);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> reschedule(running.token(), Schedule.NOW));
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.COMPLETED);
    }
}
