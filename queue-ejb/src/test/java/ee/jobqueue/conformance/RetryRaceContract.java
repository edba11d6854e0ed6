package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A retry and other changes at once. */
interface RetryRaceContract extends StoreFixture {

    /** Retries a chain, in the current transaction. */
    default Callable<ChainId> retrial(ChainId chain) {
        return () -> store().retry(chain).job().chainId();
    }

    /** Starts a chain of type {@code a} under a key that fails. */
    default ChainId failedUnder(Deduplication key) {
        ChainId chain = start(NewJobs.keyed("a", key)).job().chainId();
        Token token = acquireOne("a").token();
        doInTransaction(() -> store().fail(token, "for good", null));
        return chain;
    }

    @Test
    @NeedsTransactions
    default void ofARetryAndAStartWithItsKeyAtOnceOneChainIsOpen() {
        Deduplication key = Deduplication.whileIncomplete("k");
        ChainId failed = failedUnder(key);
        Callable<ChainId> start = () -> store().start(List.of(NewJobs.keyed("a", key)))
                .get(0)
                .lastJob()
                .job()
                .chainId();

        List<Ending<ChainId>> endings = atOnce().overlapping(List.of(retrial(failed), start));

        if (endings.get(0).isCommitted()) {
            assertThat(endings.get(1).committed()).as("a hit").isEqualTo(failed);
        } else {
            assertThat(endings.get(0).error())
                    .isInstanceOfSatisfying(
                            KeyHeldException.class,
                            e -> assertThat(e.holder()).isEqualTo(endings.get(1).committed()));
        }
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }

    @Test
    @NeedsTransactions
    default void ofAContinuationFromOutsideAndAStartWithItsKeyAtOnceOneChainIsOpen() {
        Deduplication key = Deduplication.whileIncomplete("k");
        ChainId failed = failedUnder(key);
        Callable<ChainId> continuation = () -> {
            StoredJob last = store().lock(failed);
            store().continueWith(new Locked(last.job().id()), NewJobs.of("a"));
            return failed;
        };
        Callable<ChainId> start = () -> store().start(List.of(NewJobs.keyed("a", key)))
                .get(0)
                .lastJob()
                .job()
                .chainId();

        List<Ending<ChainId>> endings = atOnce().overlapping(List.of(continuation, start));

        ChainId open = endings.get(1).committed();
        if (endings.get(0).isCommitted()) {
            assertThat(open).as("a hit").isEqualTo(failed);
        } else {
            assertThat(endings.get(0).error())
                    .isInstanceOfSatisfying(
                            KeyHeldException.class, e -> assertThat(e.holder()).isEqualTo(open));
        }
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }

    @Test
    @NeedsTransactions
    default void ofTwoChainsThatHadOneKeyRetriedAtOnceOneIsOpen() {
        Deduplication key = Deduplication.whileIncomplete("k");
        ChainId one = failedUnder(key);
        ChainId other = failedUnder(key);

        List<Ending<ChainId>> endings = atOnce().overlapping(List.of(retrial(one), retrial(other)));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(KeyHeldException.class));
        assertThat(acquireAll(worker(), "a")).hasSize(1);
    }

    @Test
    default void aChainRetriedTwiceAtOnceIsRetriedOnce() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();
        doInTransaction(() -> store().fail(running.token(), "for good", null));

        List<Ending<ChainId>> endings = atOnce().overlapping(List.of(retrial(chain), retrial(chain)));

        assertThat(Ending.commits(endings)).isEqualTo(1);
        assertThat(endings)
                .filteredOn(ending -> !ending.isCommitted())
                .allSatisfy(ending -> assertThat(ending.error()).isInstanceOf(NotRetryableException.class));
    }

    @Test
    default void aJobThatIsRetriedWhileItsBlockerCompletesIsNotBlockedForEver() {
        for (boolean retriedFirst : new boolean[] {false, true}) {
            Standing waiting = Standing.failedByItsBlocker(this);
            ChainId blocker = waiting.blocker();
            Callable<ChainId> completion = () -> {
                StoredJob last = store().lock(blocker);
                store().complete(new Locked(last.job().id()), null);
                return blocker;
            };
            Callable<ChainId> retrial = retrial(waiting.chain());

            List<Ending<ChainId>> endings = retriedFirst
                    ? atOnce().overlappingInOrder(retrial, completion)
                    : atOnce().overlappingInOrder(completion, retrial);

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThat(job(waiting.id()).job().status()).isEqualTo(Status.PENDING);
        }
    }
}
