package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#fail}. */
interface FailContract extends StoreFixture {

    /** Records a failed attempt. */
    default Finished fail(Token token, String error, @Nullable Schedule retry) {
        return inTransaction(() -> store().fail(token, error, retry));
    }

    @Test
    default void aFailedAttemptIsCountedAndRetriedAtItsTime() {
        StoredJob running = startAndAcquire("a");

        Finished finished = fail(running.token(), "no luck", Schedule.after(Duration.ofHours(1)));

        assertThat(finished).isEqualTo(Finished.CONTINUED);
        Job job = job(running.job().id()).job();
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.scheduled()).isTrue();
        assertThat(job.failures()).isEqualTo(1);
        assertThat(job.lastError()).isEqualTo("no luck");
        assertThat(job.endedAt()).isNull();
        advance(Duration.ofMinutes(61));
        StoredJob second = acquireOne("a");
        assertThat(second.job().attempt()).isEqualTo(2);
        assertThat(second.job().lastError()).isEqualTo("no luck");
    }

    @Test
    default void withoutARetryTheJobAndItsChainHaveFailed() {
        StoredJob running = startAndAcquire("a");

        Finished finished = fail(running.token(), "for good", null);

        assertThat(finished).isEqualTo(Finished.OVER);
        StoredJob failed = chain(running.job().chainId());
        assertThat(failed.job().status()).isEqualTo(Status.FAILED);
        assertThat(failed.job().failures()).isEqualTo(1);
        assertThat(failed.job().lastError()).isEqualTo("for good");
        assertThat(failed.job().endedAt()).isNotNull();
        assertThat(failed.output()).isNull();
        assertThat(acquireAll(worker(), "a")).isEmpty();
        assertThat(store().running(running.token().worker())).isEmpty();
    }

    @Test
    default void theFailureOfAContinuationFailsTheChain() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        Finished finished = fail(acquireOne("b").token(), "for good", null);

        assertThat(finished.chainOver()).isTrue();
        assertThat(chain(first.job().chainId()).job().status()).isEqualTo(Status.FAILED);
        assertThat(job(first.job().id()).job().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    default void failuresAddUpAndTheLastErrorIsKept() {
        start("a");
        fail(acquireOne("a").token(), "first", Schedule.NOW);
        fail(acquireOne("a").token(), "second", Schedule.NOW);

        Job job = acquireOne("a").job();
        assertThat(job.failures()).isEqualTo(2);
        assertThat(job.attempt()).isEqualTo(3);
        assertThat(job.lastError()).isEqualTo("second");
    }

    @Test
    default void aFailureEndsARowOfConflicts() {
        start("a");
        Token first = acquireOne("a").token();
        doInTransaction(() -> store().conflict(first));

        fail(acquireOne("a").token(), "no luck", Schedule.NOW);

        assertThat(job(first.jobId()).conflicts()).isZero();
    }

    @Test
    default void aLongErrorIsKeptToTheLetter() {
        StoredJob running = startAndAcquire("a");
        String error = "ä\n\"'\t€".repeat(1_666);

        fail(running.token(), error, Schedule.NOW);

        assertThat(job(running.job().id()).job().lastError()).isEqualTo(error);
    }

    @Test
    default void aTokenThatLostItsJobFailsNothing() {
        StoredJob running = startAndAcquire("a");
        complete(running.token(), "1");

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> fail(running.token(), "late", null));
        Job job = job(running.job().id()).job();
        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(job.failures()).isZero();
        assertThat(job.lastError()).isNull();
    }
}
