package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading a chain, a job, the jobs of a chain and the blockers of a job. */
interface ReadContract extends StoreFixture {

    @Test
    default void whatIsNotThereIsEmpty() {
        JobId job = unknownJob().job().id();
        ChainId chain = new ChainId(job.value());

        assertThat(store().job(job)).isEmpty();
        assertThat(store().chain(chain)).isEmpty();
        assertThat(store().jobs(chain)).isEmpty();
        assertThat(store().blockers(job)).isEmpty();
    }

    @Test
    default void idsThatTheStoreCannotHaveMadeAreRefused() {
        JobId job = new JobId("no-such-form");
        ChainId chain = new ChainId("no-such-form");

        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> store().job(job));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> store().chain(chain));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> store().jobs(chain));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> store().blockers(job));
    }

    @Test
    default void readingInATransactionSeesItsOwnWrites() {
        doInTransaction(() -> {
            StoredJob started = store().start(List.of(NewJobs.of("a"))).get(0).lastJob();

            assertThat(store().job(started.job().id())).contains(started);
            assertThat(store().chain(started.job().chainId())).contains(started);
            assertThat(store().jobs(started.job().chainId())).containsExactly(started);
        });
    }

    @Test
    @NeedsTransactions
    default void readingSeesNothingUncommittedAndWaitsForNobody() {
        StoredJob running = startAndAcquire("a");

        List<Ending<StoredJob>> endings = atOnce().besideOutside(
                        () -> {
                            store().complete(running.token(), "1");
                            return store().job(running.job().id()).orElseThrow();
                        },
                        () -> store().job(running.job().id()).orElseThrow(),
                        false);

        assertThat(endings.get(1).committed()).isEqualTo(running);
        assertThat(endings.get(0).committed().output()).isEqualTo("1");
    }

    @Test
    default void theJobsOfAChainAreReadInTheirOrder() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        StoredJob second = acquireOne("b");
        doInTransaction(() -> store().continueWith(second.token(), NewJobs.of("c")));
        start("a");

        List<StoredJob> jobs = store().jobs(first.job().chainId());

        assertThat(jobs).extracting(job -> job.job().type()).containsExactly("a", "b", "c");
        assertThat(jobs).extracting(job -> job.job().position()).containsExactly(0, 1, 2);
        assertThat(jobs)
                .allSatisfy(job -> assertThat(job).isEqualTo(job(job.job().id())));
    }

    @Test
    default void aChainsIdIsNotThatOfItsContinuation() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        ChainId continuation = new ChainId(acquireOne("b").job().id().value());

        assertThat(store().chain(continuation)).isEmpty();
        assertThat(store().jobs(continuation)).isEmpty();
    }

    @Test
    default void blockersAreReadInTheDeclaredOrder() {
        List<ChainId> chains = new ArrayList<>();
        for (int blocker = 0; blocker < 5; blocker++) {
            chains.add(start("blocker").job().chainId());
        }
        Collections.reverse(chains);
        Collections.swap(chains, 1, 3);
        StoredJob waiting = start(NewJobs.waitingFor(chains.toArray(ChainId[]::new)));
        completeFromOutside(chains.get(2), "\"third\"");

        List<StoredJob> blockers = store().blockers(waiting.job().id()).stream()
                .map(StoredBlocker::lastJob)
                .toList();

        assertThat(blockers).extracting(job -> job.job().chainId()).containsExactlyElementsOf(chains);
        assertThat(blockers).extracting(StoredJob::output).containsExactly(null, null, "\"third\"", null, null);
    }

    @Test
    default void blockersAreReadByTheLastJobsOfTheirChains() {
        StoredJob blocker = startAndAcquire("blocker");
        StoredJob waiting = start(NewJobs.waitingFor(blocker.job().chainId()));
        doInTransaction(() -> store().continueWith(blocker.token(), NewJobs.of("b")));

        assertThat(store().blockers(waiting.job().id()))
                .containsExactly(new StoredBlocker(chain(blocker.job().chainId()), OnFailure.WAIT));
    }

    @Test
    default void aJobThatWaitsForNothingHasNoBlockers() {
        assertThat(store().blockers(start("a").job().id())).isEmpty();
    }
}
