package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store declares to do differently, it does; and what it does not declare, it does not. */
interface TraitContract extends StoreFixture {

    @Test
    default void aWriterWaitsForAnotherOnlyInAStoreThatDeclaresIt() {
        boolean singleWriter = harness().traits().contains(Trait.SINGLE_WRITER);
        long patience = singleWriter ? AtOnce.HELD_OPEN_MILLIS : TimeUnit.SECONDS.toMillis(AtOnce.PROMPT_SECONDS);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch committed = new CountDownLatch(1);
        Callable<Boolean> first = () -> inTransaction(() -> {
            store().start(List.of(NewJobs.of("a")));
            written.countDown();
            return AtOnce.await(committed, patience);
        });
        Callable<Boolean> second = () -> {
            AtOnce.await(written, TimeUnit.SECONDS.toMillis(AtOnce.LONGEST_SECONDS));
            start("a");
            committed.countDown();
            return true;
        };

        List<Boolean> ended = Ending.values(AtOnce.onThreads(List.of(first, second)));

        assertThat(ended).containsExactly(!singleWriter, true);
        assertThat(acquireAll(worker(), "a")).hasSize(2);
    }
}
