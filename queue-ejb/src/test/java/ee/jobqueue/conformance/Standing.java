package ee.jobqueue.conformance;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A job brought to a status, with a blocker.
 *
 * @param token the token of its last attempt, or, when there was none, one as near to it as can be
 */
record Standing(JobId id, ChainId chain, ChainId blocker, Token token) {

    /** Its type. */
    static final String TYPE = "waiting";

    /** The lease of its worker. */
    static final Duration LEASE = Duration.ofDays(1);

    /** Brings a new job to a status. */
    static Standing at(Status status, StoreFixture fixture) {
        return at(status, fixture, OnFailure.WAIT);
    }

    /** The same, with an option of its blocker. */
    static Standing at(Status status, StoreFixture fixture, OnFailure onFailure) {
        ChainId blocker = fixture.start("blocker").job().chainId();
        StoredJob job = fixture.start(NewJobs.waitingFor(new Blocker(blocker, onFailure)));
        WorkerId worker = fixture.inTransaction(() -> fixture.store().register(NewJobs.WORKER, LEASE));
        if (status == Status.BLOCKED) {
            return of(job, blocker, new Token(job.job().id(), worker, 0));
        }
        fixture.completeFromOutside(blocker, null);
        Token token = fixture.inTransaction(() -> fixture.store().acquire(worker, Set.of(TYPE), 1))
                .jobs()
                .get(0)
                .token();
        fixture.doInTransaction(() -> finish(status, token, job.job().chainId(), fixture));
        return of(job, blocker, token);
    }

    /** Brings a new job to where it has failed though its blocker is open: that one failed, and was retried since. */
    static Standing failedByItsBlocker(StoreFixture fixture) {
        Standing blocked = at(Status.BLOCKED, fixture, OnFailure.FAIL);
        Token blocker = fixture.acquireOne("blocker").token();
        fixture.doInTransaction(() -> fixture.store().fail(blocker, "for good", null));
        fixture.inTransaction(() -> fixture.store().retry(blocked.blocker()));
        return blocked;
    }

    private static void finish(Status status, Token token, ChainId chain, StoreFixture fixture) {
        switch (status) {
            case PENDING -> fixture.store().giveBack(List.of(token));
            case COMPLETED -> fixture.store().complete(token, "\"old\"");
            case FAILED -> fixture.store().fail(token, "old", null);
            case CANCELLED -> fixture.store().cancel(List.of(chain));
            default -> fixture.store().hold(token);
        }
    }

    private static Standing of(StoredJob job, ChainId blocker, Token token) {
        return new Standing(job.job().id(), job.job().chainId(), blocker, token);
    }
}
