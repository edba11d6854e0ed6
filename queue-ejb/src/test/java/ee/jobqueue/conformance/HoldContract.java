package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#hold}. */
interface HoldContract extends StoreFixture {

    @Test
    default void holdingAnOwnJobChangesNothing() {
        StoredJob running = startAndAcquire("a");

        doInTransaction(() -> store().hold(running.token()));

        assertThat(job(running.job().id())).isEqualTo(running);
    }

    @Test
    default void whatIsHeldCanBeFinishedInTheSameTransaction() {
        StoredJob running = startAndAcquire("a");

        doInTransaction(() -> {
            store().hold(running.token());
            store().complete(running.token(), "1");
        });

        assertThat(job(running.job().id()).output()).isEqualTo("1");
    }

    @Test
    default void aTokenThatLostItsJobHoldsNothing() {
        StoredJob running = startAndAcquire("a");
        doInTransaction(() -> store().giveBack(List.of(running.token())));
        acquireOne("a");

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> doInTransaction(() -> store().hold(running.token())))
                .satisfies(e -> assertThat(e.jobId()).isEqualTo(running.job().id()));
    }

    @Test
    @NeedsTransactions
    default void aHeldJobIsNotTakenAwayBeforeTheTransactionEnds() {
        StoredJob running = startAndAcquire("a");

        List<Ending<Boolean>> endings = atOnce().overlappingInOrder(
                        () -> {
                            store().hold(running.token());
                            return true;
                        },
                        () -> {
                            store().giveBack(List.of(running.token()));
                            return true;
                        },
                        held -> {
                            store().complete(running.token(), "1");
                            return held;
                        });

        assertThat(endings).extracting(Ending::error).containsOnlyNulls();
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.COMPLETED);
    }
}
