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
import ee.jobqueue.spi.WorkerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#complete} by an attempt, on which nobody waits. */
interface CompleteContract extends StoreFixture {

    @Test
    default void completingAJobCompletesItsChain() {
        StoredJob running = startAndAcquire("a");

        Finished finished = complete(running.token(), "{\"done\":true}");

        assertThat(finished).isEqualTo(Finished.OVER);
        StoredJob completed = chain(running.job().chainId());
        Job job = completed.job();
        assertThat(job.id()).isEqualTo(running.job().id());
        assertThat(job.status()).isEqualTo(Status.COMPLETED);
        assertThat(job.endedAt()).isNotNull().isAfterOrEqualTo(running.job().acquiredAt());
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.failures()).isZero();
        assertThat(job.worker()).isEqualTo(running.job().worker());
        assertThat(completed.output()).isEqualTo("{\"done\":true}");
        assertThat(completed.input()).isEqualTo(running.input());
    }

    @Test
    default void aChainCanYieldNothing() {
        StoredJob running = startAndAcquire("a");

        complete(running.token(), null);

        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(job(running.job().id()).output()).isNull();
    }

    @Test
    default void theOutputIsKeptToTheLetter() {
        StoredJob running = startAndAcquire("a");
        String output = "{\"text\":\"Grüße, \\\"zitiert\\\", 日本 🚀 '; --\"}";

        complete(running.token(), output);

        assertThat(job(running.job().id()).output()).isEqualTo(output);
    }

    @Test
    default void aCompletedJobIsNeitherRunningNorDue() {
        StoredJob running = startAndAcquire("a");

        complete(running.token(), null);

        assertThat(store().running(running.token().worker())).isEmpty();
        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void anAttemptCompletesItsJobOnce() {
        StoredJob running = startAndAcquire("a");
        complete(running.token(), "1");

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> complete(running.token(), "2"))
                .satisfies(e -> assertThat(e.jobId()).isEqualTo(running.job().id()))
                .satisfies(e -> assertThat(e.attempt()).isEqualTo(1));
        assertThat(job(running.job().id()).output()).isEqualTo("1");
    }

    @Test
    default void anotherWorkersTokenCompletesNothing() {
        StoredJob running = startAndAcquire("a");
        WorkerId stranger = worker();

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> complete(new Token(running.job().id(), stranger, 1), "1"));
        assertThat(job(running.job().id())).isEqualTo(running);
    }

    @Test
    default void anEarlierAttemptsTokenCompletesNothingUnderTheSameWorker() {
        start("a");
        WorkerId worker = worker();
        StoredJob first = acquireAll(worker, "a").get(0);
        doInTransaction(() -> store().reschedule(first.token(), Schedule.NOW));
        StoredJob second = acquireAll(worker, "a").get(0);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(first.token(), "1"));
        assertThat(job(first.job().id())).isEqualTo(second);
        complete(second.token(), "2");
        assertThat(job(first.job().id()).output()).isEqualTo("2");
    }

    @Test
    default void aTokenOfAnUnknownJobCompletesNothing() {
        Token token = new Token(unknownJob().job().id(), worker(), 1);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(token, "1"));
    }

    @Test
    default void completingResetsConflictsAndKeepsTheLastError() {
        start("a");
        StoredJob first = acquireOne("a");
        doInTransaction(() -> store().fail(first.token(), "no luck", Schedule.NOW));
        StoredJob second = acquireOne("a");
        doInTransaction(() -> store().conflict(second.token()));
        StoredJob third = acquireOne("a");

        complete(third.token(), null);

        StoredJob completed = job(first.job().id());
        assertThat(third.conflicts()).isEqualTo(1);
        assertThat(completed.conflicts()).isZero();
        assertThat(completed.job().lastError()).isEqualTo("no luck");
        assertThat(completed.job().failures()).isEqualTo(1);
        assertThat(completed.job().attempt()).isEqualTo(3);
    }

    @Test
    default void twoCompletionsByOneAttemptAtOnceCompleteItOnce() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Finished>> endings = atOnce().overlapping(List.of(
                () -> store().complete(running.token(), "1"), () -> store().complete(running.token(), "2")));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(LeaseLostException.class));
        assertThat(job(running.job().id()).output()).isEqualTo(endings.get(0).isCommitted() ? "1" : "2");
    }
}
