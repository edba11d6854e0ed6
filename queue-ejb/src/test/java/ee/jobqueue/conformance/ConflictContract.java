package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#conflict}. */
interface ConflictContract extends StoreFixture {

    @Test
    default void aConflictPutsTheJobBackAtOnceWithoutAFailure() {
        StoredJob running = startAndAcquire("a");

        doInTransaction(() -> store().conflict(running.token()));

        StoredJob back = job(running.job().id());
        assertThat(back.job().status()).isEqualTo(Status.PENDING);
        assertThat(back.job().scheduled()).isFalse();
        assertThat(back.job().failures()).isZero();
        assertThat(back.job().lastError()).isNull();
        assertThat(back.conflicts()).isEqualTo(1);
        assertThat(acquireOne("a").job().attempt()).isEqualTo(2);
    }

    @Test
    default void conflictsInARowAddUp() {
        StoredJob started = start("a");
        for (int row = 1; row <= 3; row++) {
            StoredJob running = acquireOne("a");
            doInTransaction(() -> store().conflict(running.token()));
            assertThat(job(started.job().id()).conflicts()).isEqualTo(row);
        }
        assertThat(acquireOne("a").conflicts()).isEqualTo(3);
    }

    @Test
    default void aTokenThatLostItsJobRecordsNoConflict() {
        StoredJob running = startAndAcquire("a");
        complete(running.token(), "1");

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> doInTransaction(() -> store().conflict(running.token())));
        assertThat(job(running.job().id()).job().status()).isEqualTo(Status.COMPLETED);
    }
}
