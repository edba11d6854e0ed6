package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blockers that are refused, before anything is written. */
interface BlockerRefusalContract extends StoreFixture {

    /** Asserts that a start is refused and wrote nothing, in a transaction that stays usable. */
    default void assertStartIsRefused(Problem problem, ChainId blocker, List<NewJob> jobs) {
        StoredJob after = inTransaction(() -> {
            assertThatExceptionOfType(InvalidBlockerException.class)
                    .isThrownBy(() -> store().start(jobs))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
                    .satisfies(e -> assertThat(e.blocker()).isEqualTo(blocker));
            return store().start(List.of(NewJobs.of("after"))).get(0).lastJob();
        });
        assertThat(store().job(after.job().id())).isPresent();
        assertThat(store().jobs(JobFilter.ALL.ofType("waiting", "before"), PageRequest.first(10))
                        .entries())
                .isEmpty();
    }

    /** Asserts that a continuation is refused and wrote nothing, in a transaction that stays usable. */
    default void assertContinuationIsRefused(Problem problem, StoredJob running, ChainId blocker) {
        doInTransaction(() -> {
            assertThatExceptionOfType(InvalidBlockerException.class)
                    .isThrownBy(() -> store().continueWith(running.token(), NewJobs.waitingFor(blocker)))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(problem))
                    .satisfies(e -> assertThat(e.blocker()).isEqualTo(blocker));
            store().complete(running.token(), "\"after\"");
        });
        assertThat(chain(running.job().chainId()).output()).isEqualTo("\"after\"");
        assertThat(store().jobs(running.job().chainId())).hasSize(running.job().position() + 1);
    }

    @Test
    default void anUnknownBlockerIsRefused() {
        ChainId unknown = unknownChain();

        assertStartIsRefused(Problem.UNKNOWN, unknown, List.of(NewJobs.of("before"), NewJobs.waitingFor(unknown)));
        assertContinuationIsRefused(Problem.UNKNOWN, startAndAcquire("a"), unknown);
    }

    @Test
    default void aBlockerOfAnUndeclaredTypeIsRefused() {
        ChainId undeclared = start("undeclared").job().chainId();

        assertStartIsRefused(
                Problem.UNDECLARED, undeclared, List.of(NewJobs.of("before"), NewJobs.waitingFor(undeclared)));
        assertContinuationIsRefused(Problem.UNDECLARED, startAndAcquire("a"), undeclared);
    }

    @Test
    default void theTypeOfABlockerIsThatOfItsChain() {
        StoredJob blocker = startAndAcquire("blocker");
        doInTransaction(() -> store().continueWith(blocker.token(), NewJobs.of("undeclared")));

        assertThat(start(NewJobs.waitingFor(blocker.job().chainId())).job().status())
                .isEqualTo(Status.BLOCKED);
    }

    @Test
    default void aContinuationIsNoChainToWaitFor() {
        StoredJob first = startAndAcquire("blocker");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("blocker")));
        ChainId continuation =
                new ChainId(chain(first.job().chainId()).job().id().value());

        assertStartIsRefused(Problem.UNKNOWN, continuation, List.of(NewJobs.waitingFor(continuation)));
    }

    @Test
    default void aBlockerIdThatTheStoreCannotHaveMadeIsRefused() {
        ChainId malformed = new ChainId("no-such-form");
        StoredJob running = startAndAcquire("a");

        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> start(NewJobs.waitingFor(malformed)));
        assertThatExceptionOfType(InvalidIdException.class)
                .isThrownBy(() ->
                        doInTransaction(() -> store().continueWith(running.token(), NewJobs.waitingFor(malformed))));
        assertThat(job(running.job().id())).isEqualTo(running);
    }

    @Test
    default void aChainDoesNotWaitForItself() {
        StoredJob running = startAndAcquire("blocker");

        assertContinuationIsRefused(Problem.CYCLE, running, running.job().chainId());
    }

    @Test
    default void twoChainsDoNotWaitForEachOther() {
        StoredJob running = startAndAcquire("blocker");
        ChainId waiting =
                start(NewJobs.waitingFor(running.job().chainId())).job().chainId();

        assertContinuationIsRefused(Problem.CYCLE, running, waiting);
    }

    @Test
    default void chainsDoNotWaitInACircle() {
        StoredJob running = startAndAcquire("blocker");
        ChainId second =
                start(NewJobs.waitingFor(running.job().chainId())).job().chainId();
        ChainId third = start(NewJobs.waitingFor(second)).job().chainId();
        ChainId fourth = start(NewJobs.waitingFor(third)).job().chainId();

        assertContinuationIsRefused(Problem.CYCLE, running, fourth);
    }

    @Test
    default void waitingForAChainThatWaitedOnceIsNoCircle() {
        StoredJob running = startAndAcquire("blocker");
        ChainId other = start("blocker").job().chainId();
        StoredJob waited = start(NewJobs.waitingFor(other));
        completeFromOutside(other, null);

        doInTransaction(() -> store().continueWith(
                        running.token(), NewJobs.waitingFor(waited.job().chainId(), other)));

        assertThat(chain(running.job().chainId()).job().status()).isEqualTo(Status.BLOCKED);
    }
}
