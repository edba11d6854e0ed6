package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** One key, several transactions at once: one chain. */
interface DeduplicationRaceContract extends StoreFixture {

    /** Starts a chain under a key, in the current transaction. */
    default Callable<Started> keyedStart(Deduplication deduplication) {
        return () -> store().start(List.of(NewJobs.keyed("a", deduplication))).get(0);
    }

    /** Asserts that several starts led to one chain, which one of them started. */
    default void assertOneChain(List<Ending<Started>> endings) {
        List<Started> started = Ending.values(endings);
        Set<ChainId> chains = new HashSet<>();
        started.forEach(start -> chains.add(start.lastJob().job().chainId()));
        assertThat(chains).hasSize(1);
        assertThat(started).filteredOn(start -> !start.deduplicated()).hasSize(1);
    }

    @Test
    @NeedsTransactions
    default void twoStartsWithOneNewKeyAtOnceStartOneChain() {
        Callable<Started> start = keyedStart(Deduplication.whileIncomplete("k"));

        assertOneChain(atOnce().overlapping(List.of(start, start)));
    }

    @Test
    @NeedsTransactions
    default void twoStartsWithOneFreedKeyAtOnceStartOneChain() {
        Deduplication key = Deduplication.whileIncomplete("k");
        completeFromOutside(start(NewJobs.keyed("a", key)).job().chainId(), null);

        assertOneChain(atOnce().overlapping(List.of(keyedStart(key), keyedStart(key))));
    }

    @Test
    @NeedsTransactions
    default void manyStartsWithOneKeyAtOnceStartOneChain() {
        Callable<Started> start = keyedStart(Deduplication.whileIncomplete("k"));

        assertOneChain(atOnce().overlapping(Collections.nCopies(8, start)));
        for (int round = 0; round < 5; round++) {
            assertOneChain(atOnce().racing(Collections.nCopies(8, keyedStart(Deduplication.ever("round-" + round)))));
        }
    }

    @Test
    @NeedsTransactions
    default void batchesWithTheSameKeysInOppositeOrdersStartEachChainOnce() {
        List<NewJob> forward = new ArrayList<>();
        for (int key = 0; key < 10; key++) {
            forward.add(NewJobs.keyed("a", Deduplication.ever("key-" + key)));
        }
        List<NewJob> backward = new ArrayList<>(forward);
        Collections.reverse(backward);

        List<List<Started>> started = Ending.values(
                atOnce().overlapping(List.of(() -> store().start(forward), () -> store().start(backward))));

        assertThat(started.stream().flatMap(List::stream).filter(start -> !start.deduplicated()))
                .hasSize(10);
        assertThat(acquireAll(worker(), "a")).hasSize(10);
    }

    @Test
    @NeedsTransactions
    default void aStartThatMeetsARolledBackOneStartsTheChain() {
        Callable<Started> start = keyedStart(Deduplication.ever("k"));

        List<Ending<Started>> endings = atOnce().overlappingInOrder(start, start, started -> {
            throw new IllegalStateException("rolled back");
        });

        assertThat(endings.get(0).error()).hasMessage("rolled back");
        assertThat(endings.get(1).committed().deduplicated()).isFalse();
        assertThat(store().chain(endings.get(1).committed().lastJob().job().chainId()))
                .isPresent();
    }
}
