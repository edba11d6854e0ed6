package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#continueWith}, without blockers. */
interface ContinueContract extends StoreFixture {

    /** Continues a chain by the right of an attempt. */
    default void continueWith(Token token, NewJob next) {
        doInTransaction(() -> store().continueWith(token, next));
    }

    @Test
    default void continuingCompletesTheJobAndWritesTheNextOfItsChain() {
        StoredJob running = startAndAcquire("a");

        continueWith(running.token(), NewJobs.withInput("b", "{\"n\":2}"));

        List<StoredJob> jobs = store().jobs(running.job().chainId());
        assertThat(jobs).hasSize(2);
        StoredJob first = jobs.get(0);
        assertThat(first.job().id()).isEqualTo(running.job().id());
        assertThat(first.job().status()).isEqualTo(Status.COMPLETED);
        assertThat(first.job().endedAt()).isNotNull();
        assertThat(first.output()).isNull();
        StoredJob second = jobs.get(1);
        Job next = second.job();
        assertThat(next.id()).isNotEqualTo(first.job().id());
        assertThat(next.chainId()).isEqualTo(running.job().chainId());
        assertThat(next.chainType()).isEqualTo("a");
        assertThat(next.chainStartedAt()).isEqualTo(running.job().chainStartedAt());
        assertThat(next.type()).isEqualTo("b");
        assertThat(next.position()).isEqualTo(1);
        assertThat(next.status()).isEqualTo(Status.PENDING);
        assertThat(next.scheduled()).isFalse();
        assertThat(next.attempt()).isZero();
        assertThat(next.endedAt()).isNull();
        assertThat(second.input()).isEqualTo("{\"n\":2}");
    }

    @Test
    default void aChainStandsAtItsLastJob() {
        StoredJob running = startAndAcquire("a");
        continueWith(running.token(), NewJobs.of("b"));

        StoredJob last = acquireOne("b");

        assertThat(chain(running.job().chainId())).isEqualTo(last);
    }

    @Test
    default void theLastJobsOutputIsTheChains() {
        ChainId chain = startAndContinue("a", "b");

        Finished finished = complete(acquireOne("b").token(), "\"end\"");

        assertThat(finished.chainOver()).isTrue();
        assertThat(chain(chain).output()).isEqualTo("\"end\"");
        assertThat(chain(chain).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(store().jobs(chain)).extracting(StoredJob::output).containsExactly(null, "\"end\"");
    }

    private ChainId startAndContinue(String first, String next) {
        StoredJob running = startAndAcquire(first);
        continueWith(running.token(), NewJobs.of(next));
        return running.job().chainId();
    }

    @Test
    default void aContinuationHasAScheduleOfItsOwn() {
        start(NewJobs.after("a", Duration.ofHours(1)));
        advance(Duration.ofHours(2));
        StoredJob running = acquireOne("a");

        continueWith(running.token(), NewJobs.after("b", Duration.ofHours(1)));

        assertThat(chain(running.job().chainId()).job().scheduled()).isTrue();
        assertThat(acquireAll(worker(), "b")).isEmpty();
        advance(Duration.ofMinutes(61));
        assertThat(acquireAll(worker(), "b")).hasSize(1);
    }

    @Test
    default void aChainCanHaveManyJobs() {
        ChainId chain = start("a").job().chainId();
        for (int position = 0; position < 20; position++) {
            StoredJob running = acquireOne("a");
            assertThat(running.job().position()).isEqualTo(position);
            continueWith(running.token(), NewJobs.of("a"));
        }

        assertThat(store().jobs(chain))
                .extracting(job -> job.job().position())
                .isSorted()
                .hasSize(21);
        assertThat(chain(chain).job().position()).isEqualTo(20);
    }

    @Test
    default void aTokenThatLostItsJobContinuesNothing() {
        StoredJob running = startAndAcquire("a");
        doInTransaction(() -> store().giveBack(List.of(running.token())));
        StoredJob before = job(running.job().id());

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> continueWith(running.token(), NewJobs.of("b")));
        assertThat(store().jobs(running.job().chainId())).containsExactly(before);
    }

    @Test
    default void twoContinuationsByOneAttemptAtOnceWriteOneJob() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlapping(
                        List.of(() -> continued(running.token(), "b"), () -> continued(running.token(), "c")));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(store().jobs(running.job().chainId())).hasSize(2);
    }

    private boolean continued(Token token, String type) {
        store().continueWith(token, NewJobs.of(type));
        return true;
    }
}
