package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a store declares to do differently, it does; and what it does not declare, it does not. */
interface TraitContract extends StoreFixture {

    /** Shorter than the writing transaction below stays open. */
    Duration SHORT_LEASE = Duration.ofMillis(AtOnce.HELD_OPEN_MILLIS / 3);

    @Test
    default void aWriterWaitsForAnotherOnlyInAStoreThatDeclaresIt() {
        assertThat(endsBesideAnOpenWriter(() -> start("a")))
                .isEqualTo(!harness().traits().contains(Trait.SINGLE_WRITER));

        assertThat(acquireAll(worker(), "a")).hasSize(2);
    }

    /** Delayed is not lost: nobody else can write either, so that the worker may be the first to see that its lease is over. */
    @Test
    default void aTransactionThatWritesLongerThanTheLeaseDelaysTheRenewalOnlyInAStoreThatDeclaresIt() {
        WorkerId worker = inTransaction(() -> store().register(NewJobs.WORKER, SHORT_LEASE));
        AtomicBoolean kept = new AtomicBoolean();

        assertThat(endsBesideAnOpenWriter(() -> kept.set(
                        inTransaction(() -> store().renew(worker, LEASE)).kept())))
                .isEqualTo(!harness().traits().contains(Trait.SINGLE_WRITER));

        assertThat(kept).isTrue();
    }

    /** Whether a work ends while another transaction, which has written, is open. */
    private boolean endsBesideAnOpenWriter(Runnable work) {
        long patience = harness().traits().contains(Trait.SINGLE_WRITER)
                ? AtOnce.HELD_OPEN_MILLIS
                : TimeUnit.SECONDS.toMillis(AtOnce.PROMPT_SECONDS);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Callable<Boolean> writer = () -> inTransaction(() -> {
            store().start(List.of(NewJobs.of("a")));
            written.countDown();
            return AtOnce.await(ended, patience);
        });
        Callable<Boolean> other = () -> {
            AtOnce.await(written, TimeUnit.SECONDS.toMillis(AtOnce.LONGEST_SECONDS));
            work.run();
            ended.countDown();
            return true;
        };
        return Ending.values(AtOnce.onThreads(List.of(writer, other))).get(0);
    }
}
