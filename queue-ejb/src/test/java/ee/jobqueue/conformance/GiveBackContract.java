package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#giveBack}. */
interface GiveBackContract extends StoreFixture {

    /** Gives back by the right of attempts; answers those that were passed over. */
    default List<Token> giveBack(Token... tokens) {
        return inTransaction(() -> store().giveBack(List.of(tokens)));
    }

    @Test
    default void whatIsGivenBackIsDueAtOnceWithoutAFailure() {
        startAll(List.of(NewJobs.of("a"), NewJobs.of("a")));
        WorkerId worker = worker();
        List<StoredJob> acquired = acquireAll(worker, "a");

        giveBack(acquired.get(0).token(), acquired.get(1).token());

        assertThat(store().running(worker)).isEmpty();
        assertThat(job(acquired.get(0).job().id()).job().status()).isEqualTo(Status.PENDING);
        assertThat(acquireAll(worker, "a")).hasSize(2).allSatisfy(job -> {
            assertThat(job.job().failures()).isZero();
            assertThat(job.conflicts()).isZero();
            assertThat(job.job().attempt()).isEqualTo(2);
        });
    }

    @Test
    default void attemptsThatLostTheirJobArePassedOver() {
        startAll(NewJobs.copies(3, NewJobs.of("a")));
        List<StoredJob> acquired = acquireAll(worker(), "a");
        StoredJob completed = acquired.get(0);
        complete(completed.token(), "1");
        StoredJob taken = acquired.get(1);
        giveBack(taken.token());
        StoredJob retaken = acquireOne("a");

        assertThat(giveBack(completed.token(), taken.token(), acquired.get(2).token()))
                .as("passed over though they own a job")
                .isEmpty();

        assertThat(job(completed.job().id()).output()).isEqualTo("1");
        assertThat(job(completed.job().id()).job().status()).isEqualTo(Status.COMPLETED);
        assertThat(job(retaken.job().id())).isEqualTo(retaken);
        assertThat(job(acquired.get(2).job().id()).job().status()).isEqualTo(Status.PENDING);
    }

    @Test
    default void aLockedJobIsPassedOverAndToldAndKeepsNoOtherFromGoingBack() {
        startAll(NewJobs.copies(3, NewJobs.of("a")));
        WorkerId worker = worker();
        List<StoredJob> acquired = acquireAll(worker, "a");
        Token locked = acquired.get(1).token();
        List<Token> all = acquired.stream().map(StoredJob::token).toList();

        List<Token> passedOver = whileHeld(() -> store().hold(locked), () -> store().giveBack(all));

        assertThat(store().running(worker)).isEqualTo(passedOver);
        assertThat(passedOver).isEqualTo(waitsForWriters() ? List.of() : List.of(locked));
        assertThat(giveBack(locked)).isEmpty();
        assertThat(acquireAll(worker, "a"))
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.job().failures()).isZero());
    }

    @Test
    default void aJobThatIsBeingFinishedIsPassedOver() {
        StoredJob running = startAndAcquire("a");

        whileHeld(() -> store().complete(running.token(), "1"), () -> store().giveBack(List.of(running.token())));

        assertThat(job(running.job().id()).output()).isEqualTo("1");
        assertThat(giveBack(running.token())).isEmpty();
    }

    @Test
    default void givingNothingBackChangesNothing() {
        StoredJob running = startAndAcquire("a");

        giveBack();

        assertThat(job(running.job().id())).isEqualTo(running);
    }
}
