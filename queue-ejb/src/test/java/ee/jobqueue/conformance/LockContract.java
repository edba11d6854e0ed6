package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#lock} and finishing from outside, without a worker. */
interface LockContract extends StoreFixture {

    /** Completes from outside, in the current transaction. */
    default Callable<Boolean> completion(ChainId chain, String output) {
        return () -> {
            StoredJob last = store().lock(chain);
            store().complete(new Locked(last.job().id()), output);
            return true;
        };
    }

    @Test
    default void lockingReadsTheLastJobOfTheChain() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        StoredJob locked = inTransaction(() -> store().lock(first.job().chainId()));

        assertThat(locked).isEqualTo(chain(first.job().chainId()));
        assertThat(locked.job().type()).isEqualTo("b");
    }

    @Test
    default void anUnknownChainIsRefused() {
        ChainId unknown = unknownChain();

        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> inTransaction(() -> store().lock(unknown)))
                .satisfies(e -> assertThat(e.chainId()).isEqualTo(unknown));
    }

    @Test
    default void anIdThatTheStoreCannotHaveMadeIsRefused() {
        assertThatExceptionOfType(InvalidIdException.class)
                .isThrownBy(() -> inTransaction(() -> store().lock(new ChainId("no-such-form"))))
                .satisfies(e -> assertThat(e.value()).isEqualTo("no-such-form"));
    }

    @Test
    default void aPendingJobIsCompletedFromOutside() {
        StoredJob scheduled = start(NewJobs.after("a", Duration.ofHours(1)));

        completeFromOutside(scheduled.job().chainId(), "\"approved\"");

        StoredJob completed = chain(scheduled.job().chainId());
        assertThat(completed.job().status()).isEqualTo(Status.COMPLETED);
        assertThat(completed.job().scheduled()).isFalse();
        assertThat(completed.job().attempt()).isZero();
        assertThat(completed.job().endedAt()).isNotNull();
        assertThat(completed.output()).isEqualTo("\"approved\"");
        advance(Duration.ofHours(2));
        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void aRunningAttemptLosesItsJobToACompletionFromOutside() {
        StoredJob running = startAndAcquire("a");

        completeFromOutside(running.job().chainId(), "\"outside\"");

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(running.token(), "\"late\""));
        assertThat(chain(running.job().chainId()).output()).isEqualTo("\"outside\"");
        assertThat(store().running(running.token().worker())).isEmpty();
        assertThat(chain(running.job().chainId()).job().worker())
                .as("the attempt must not take the completion for its own")
                .isNull();
    }

    @Test
    default void aFailedChainIsCompletedFromOutside() {
        StoredJob running = startAndAcquire("a");
        doInTransaction(() -> store().fail(running.token(), "for good", null));

        completeFromOutside(running.job().chainId(), "\"mended\"");

        StoredJob completed = chain(running.job().chainId());
        assertThat(completed.job().status()).isEqualTo(Status.COMPLETED);
        assertThat(completed.job().lastError()).isEqualTo("for good");
        assertThat(completed.output()).isEqualTo("\"mended\"");
    }

    @Test
    default void aCompletedChainIsNotCompletedAgain() {
        StoredJob started = start("a");
        completeFromOutside(started.job().chainId(), "1");

        assertThatExceptionOfType(AlreadyOverException.class)
                .isThrownBy(() -> completeFromOutside(started.job().chainId(), "2"))
                .satisfies(e -> assertThat(e.jobId()).isEqualTo(started.job().id()))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.COMPLETED));
        assertThat(chain(started.job().chainId()).output()).isEqualTo("1");
    }

    @Test
    default void aChainIsContinuedFromOutside() {
        StoredJob started = start("a");

        doInTransaction(() -> {
            StoredJob last = store().lock(started.job().chainId());
            store().continueWith(new Locked(last.job().id()), NewJobs.of("b"));
        });

        assertThat(job(started.job().id()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(acquireOne("b").job().chainId()).isEqualTo(started.job().chainId());
    }

    @Test
    default void aRunningAttemptLosesItsJobToAContinuationFromOutside() {
        StoredJob running = startAndAcquire("a");

        doInTransaction(() -> {
            StoredJob last = store().lock(running.job().chainId());
            store().continueWith(new Locked(last.job().id()), NewJobs.of("b"));
        });

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> complete(running.token(), "\"late\""));
        assertThat(job(running.job().id()).job().worker()).isNull();
        assertThat(chain(running.job().chainId()).job().type()).isEqualTo("b");
    }

    @Test
    default void twoCompletionsFromOutsideAtOnceCompleteTheChainOnce() {
        ChainId chain = start("a").job().chainId();

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(completion(chain, "1"), completion(chain, "2")));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(chain(chain).output()).isEqualTo(endings.get(0).isCommitted() ? "1" : "2");
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(AlreadyOverException.class));
    }

    @Test
    default void ofAnAttemptAndACompletionFromOutsideAtOnceOneWins() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();

        List<Ending<Boolean>> endings = atOnce().overlapping(List.of(
                () -> store().complete(running.token(), "\"attempt\"").chainOver(), completion(chain, "\"outside\"")));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(chain(chain).output()).isEqualTo(endings.get(0).isCommitted() ? "\"attempt\"" : "\"outside\"");
    }

    @Test
    default void aCompletionFromOutsideThatWaitsForAContinuationCompletesTheNextJob() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(continuation(running), completion(chain, "\"outside\""));

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(store().jobs(chain)).hasSize(2);
        assertThatTheChainIsOver(chain);
    }

    @Test
    default void aContinuationThatWaitsForACompletionFromOutsideIsRefused() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();

        List<Ending<Boolean>> endings =
                atOnce().overlappingInOrder(completion(chain, "\"outside\""), continuation(running));

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(LeaseLostException.class);
        assertThat(store().jobs(chain)).hasSize(1);
        assertThatTheChainIsOver(chain);
    }

    @Test
    @NeedsTransactions
    default void manyChainsContinuedAndCompletedFromOutsideAtOnceAreAllOver() {
        for (int round = 0; round < 10; round++) {
            StoredJob running = startAndAcquire("a");
            ChainId chain = running.job().chainId();

            List<Ending<Boolean>> endings =
                    atOnce().racing(List.of(continuation(running), completion(chain, "\"outside\"")));

            assertThat(endings.get(1).error()).isNull();
            assertThatTheChainIsOver(chain);
        }
    }

    private Callable<Boolean> continuation(StoredJob running) {
        return () -> {
            store().continueWith(running.token(), NewJobs.of("b"));
            return true;
        };
    }

    private void assertThatTheChainIsOver(ChainId chain) {
        assertThat(store().jobs(chain))
                .allSatisfy(job -> assertThat(job.job().status()).isEqualTo(Status.COMPLETED));
        assertThat(chain(chain).output()).isEqualTo("\"outside\"");
    }
}
