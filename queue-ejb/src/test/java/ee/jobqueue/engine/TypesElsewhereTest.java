package ee.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.conformance.MemoryHarness;
import ee.jobqueue.spi.NewWorker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often the store is asked which types other servers run, and for how long an answer is good. */
class TypesElsewhereTest {

    private final MemoryHarness harness = new MemoryHarness();
    private final StoreAccess store = new StoreAccess(harness.store(), harness.transactions());
    private final Queue<Runnable> looks = new ArrayDeque<>();
    private final HeldTimer timer = new HeldTimer();
    private final TypesElsewhere types = new TypesElsewhere(Set.of("a", "b"), store, timer, looks::add);

    @Test
    void whoAsksGetsWhatTheLastLookHasSeenAndNeverWaits() {
        store.prepare();
        assertThat(types.nobodyRuns()).isEmpty();
        assertThat(looks).hasSize(1);

        looks.remove().run();
        assertThat(types.nobodyRuns()).containsExactly("a", "b");
        assertThat(looks).isEmpty();

        store.inNew(s -> s.register(new NewWorker("other", Set.of("b", "c"), 1), Duration.ofHours(1)));
        timer.advance(Duration.ofSeconds(10));
        assertThat(types.nobodyRuns()).containsExactly("a", "b");
        looks.remove().run();
        assertThat(types.nobodyRuns()).containsExactly("a");
    }

    @Test
    void manyWhoAskHaveTheStoreAskedOnceInTenSeconds() {
        store.prepare();
        types.nobodyRuns();
        types.nobodyRuns();
        assertThat(looks).hasSize(1);

        looks.remove().run();
        timer.advance(Duration.ofMillis(9_999));
        types.nobodyRuns();
        assertThat(looks).isEmpty();
        timer.advance(Duration.ofMillis(1));
        types.nobodyRuns();
        assertThat(looks).hasSize(1);
    }

    @Test
    void whatWasSeenLongAgoIsNotTold() {
        store.prepare();
        types.nobodyRuns();
        looks.remove().run();

        timer.advance(Duration.ofSeconds(30));

        assertThat(types.nobodyRuns()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgain() {
        types.nobodyRuns();
        looks.remove().run();
        assertThat(types.nobodyRuns()).isEmpty();
        store.prepare();

        looks.remove().run();

        assertThat(types.nobodyRuns()).containsExactly("a", "b");
    }

    /** Time that passes when a test says so. */
    private static final class HeldTimer implements Timer {

        private long nanos;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("nothing is planned here");
        }
    }
}
