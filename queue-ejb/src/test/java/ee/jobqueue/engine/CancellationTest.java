package ee.jobqueue.engine;

import static ee.jobqueue.CancellationReason.CANCELLED;
import static ee.jobqueue.CancellationReason.LEASE_LOST;
import static ee.jobqueue.CancellationReason.TIMED_OUT;
import static ee.jobqueue.CancellationReason.WORKER_STOPPING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was told before a commit keeps it from beginning; what is said after its begin is told after its end. */
class CancellationTest {

    private final Cancellation cancellation = new Cancellation();

    @Test
    void whoWasToldCommitsNothing() {
        cancellation.say(LEASE_LOST);

        assertThat(cancellation.told()).contains(LEASE_LOST);
        assertThat(cancellation.beginCommit()).isFalse();
        assertThat(cancellation.isJobLost()).isTrue();
    }

    @Test
    void whatIsSaidDuringACommitIsToldAfterIt() {
        assertThat(cancellation.beginCommit()).isTrue();

        cancellation.say(LEASE_LOST);
        cancellation.say(CANCELLED);

        assertThat(cancellation.told()).isEmpty();
        cancellation.endCommit();
        assertThat(cancellation.told()).contains(LEASE_LOST);
        assertThat(cancellation.beginCommit()).isFalse();
    }

    @Test
    void ofSeveralCommitsAtOnceTheLastCounts() {
        cancellation.beginCommit();
        cancellation.beginCommit();
        cancellation.say(LEASE_LOST);

        cancellation.endCommit();
        assertThat(cancellation.told()).isEmpty();
        cancellation.endCommit();
        assertThat(cancellation.told()).contains(LEASE_LOST);
    }

    @Test
    void aStoppingWorkerLetsItsAttemptsCommitUntilThereIsAnotherReason() {
        cancellation.say(WORKER_STOPPING);
        assertThat(cancellation.beginCommit()).isTrue();
        cancellation.endCommit();

        cancellation.say(LEASE_LOST);
        cancellation.say(WORKER_STOPPING);

        assertThat(cancellation.told()).contains(LEASE_LOST);
        assertThat(cancellation.beginCommit()).isFalse();
    }

    @Test
    void whoTookTooLongCommitsNothingButStillHasItsJob() {
        cancellation.say(TIMED_OUT);

        assertThat(cancellation.beginCommit()).isFalse();
        assertThat(cancellation.isJobLost()).isFalse();
    }
}
