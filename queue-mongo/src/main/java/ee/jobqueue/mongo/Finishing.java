package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.due;
import static ee.jobqueue.mongo.Expressions.increased;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The room where jobs finish. Every change carries the claim in its own condition; when it changes nothing, the claim does
 * not hold, and the caller's transaction is to be rolled back.
 *
 * <p>A job that ends its chain is the chain's last one, so that one change is all. It tells whether anybody waits.
 */
final class Finishing {

    private final MongoSession session;
    private final MongoStateProvider provider;

    Finishing(MongoSession session, MongoStateProvider provider) {
        this.session = session;
        this.provider = provider;
    }

    void hold(Token token) {
        fenced(token, List.of(set(MongoSession.touch())));
    }

    StoredJob lock(ChainId chainId) {
        Object chain = Ids.of(chainId);
        Chains.lock(session, List.of(chain));
        return session.jobs(match(Chains.is(chain))).stream()
                .findFirst()
                .orElseThrow(() -> new ChainNotFoundException(chainId));
    }

    Finished complete(Claim claim, @Nullable String output) {
        Document end = new Document(Fields.STATUS, Status.COMPLETED.name())
                .append(Fields.ENDED_AT, NOW)
                .append(Fields.CONFLICTS, 0);
        if (output != null) {
            end.append(Fields.OUTPUT, literal(output));
        }
        Document ended = session.jobs()
                .change(Fence.of(claim), Fence.and(claim, List.of(set(end))), Fields.CHAIN_ID, Fields.AWAITED);
        if (ended == null) {
            throw refused(claim);
        }
        return over(ended, Resolving::afterCompletion);
    }

    /** Of a chain that is over now, by its last job. */
    private Finished over(Document last, BiFunction<Resolving, Collection<Object>, Resolved> work) {
        return last.getBoolean(Fields.AWAITED)
                ? new Finished(true, resolve(List.of(last.get(Fields.CHAIN_ID)), work))
                : Finished.OVER;
    }

    /** Resolves those who wait for chains that are over now. */
    Resolved resolve(Collection<Object> chains, BiFunction<Resolving, Collection<Object>, Resolved> work) {
        Resolving resolving = new Resolving(session, new Unblocking(session.opened()));
        Resolved resolved = work.apply(resolving, chains);
        provider.afterCommit(resolving::tell);
        return resolved;
    }

    Finished continueWith(Claim claim, NewJob next) {
        Draft draft = Draft.of(next);
        if (claim instanceof Locked) {
            refuseHeldKey(claim);
        }
        BlockerChains blockers = lockBlockers(claim, draft);
        Document end = new Document(Fields.STATUS, Status.COMPLETED.name())
                .append(Fields.CONTINUED, true)
                .append(Fields.ENDED_AT, NOW)
                .append(Fields.CONFLICTS, 0);
        Document ended = session.jobs()
                .change(
                        Fence.of(claim),
                        Fence.and(claim, List.of(set(end))),
                        Fields.CHAIN_ID,
                        Fields.CHAIN_TYPE,
                        Fields.CHAIN_STARTED_AT,
                        Fields.POSITION,
                        Fields.AWAITED,
                        Fields.PRIORITY,
                        Fields.DEDUPLICATION_KEY,
                        Fields.ENDED_AT);
        if (ended == null) {
            throw refused(claim);
        }
        if (claim instanceof Locked && ended.getBoolean(Fields.AWAITED)) { // it may have failed before
            Retrying.waitAgain(session, ended.get(Fields.CHAIN_ID));
        }
        Instant now = JobDocument.time(ended, Fields.ENDED_AT);
        Document written = draft.after(ended, blockers, now);
        session.jobs().insert(List.of(written));
        Resolved resolved = Resolved.endedAmong(
                List.of(JobDocument.justWritten(written, now).job()));
        if (resolved.ended().isEmpty()) {
            return Finished.CONTINUED;
        }
        Resolved others = over(written, Resolving::after).resolved();
        return new Finished(
                true,
                new Resolved(
                        others.unblocked(),
                        Stream.concat(resolved.ended().stream(), others.ended().stream())
                                .toList()));
    }

    /** A chain that has failed is opened again by its continuation, unless another one holds its key. */
    private void refuseHeldKey(Claim claim) {
        List<Document> failed = session.jobs()
                .find(match(
                        new Document(Fields.ID, Ids.of(claim.jobId())).append(Fields.STATUS, Status.FAILED.name())));
        Keys keys = new Keys(session);
        keys.lockAgain(failed);
        for (Document last : failed) {
            KeyHeldException refusal = keys.reopen(Ids.chainId(last.get(Fields.CHAIN_ID)));
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    private BlockerChains lockBlockers(Claim claim, Draft draft) {
        if (!draft.isBlocked()) {
            return BlockerChains.lock(session, List.of());
        }
        Ids.of(draft.job().blockers().chains());
        List<Document> own = session.jobs().find(match(Fence.of(claim)), project(new Document(Fields.CHAIN_ID, 1)));
        if (own.isEmpty()) {
            throw refused(claim);
        }
        return BlockerChains.lockForContinuation(session, draft, own.get(0).get(Fields.CHAIN_ID));
    }

    void reschedule(Token token, Schedule schedule) {
        fenced(token, List.of(set(putBack(due(DueTime.of(schedule))).append(Fields.CONFLICTS, 0))));
    }

    void conflict(Token token) {
        fenced(token, List.of(set(putBack(NOW).append(Fields.CONFLICTS, increased(Fields.CONFLICTS)))));
    }

    Finished fail(Token token, String error, @Nullable Schedule retry) {
        Document change = retry == null
                ? new Document(Fields.STATUS, Status.FAILED.name()).append(Fields.ENDED_AT, NOW)
                : putBack(due(DueTime.of(retry)));
        change.append(Fields.CONFLICTS, 0)
                .append(Fields.FAILURES, increased(Fields.FAILURES))
                .append(Fields.LAST_ERROR, literal(error));
        Document changed =
                session.jobs().change(Fence.of(token), List.of(set(change)), Fields.CHAIN_ID, Fields.AWAITED);
        if (changed == null) {
            throw refused(token);
        }
        return retry == null ? over(changed, Resolving::after) : Finished.CONTINUED;
    }

    /** A job that runs no more and is due then. */
    static Document putBack(Object scheduledAt) {
        return new Document(Fields.STATUS, Status.PENDING.name()).append(Fields.SCHEDULED_AT, scheduledAt);
    }

    private void fenced(Token token, List<Document> change) {
        if (!session.jobs().changeOne(Fence.of(token), change)) {
            throw refused(token);
        }
    }

    private JobQueueException refused(Claim claim) {
        return claim.refusal(() -> new Reading(session).job(claim.jobId()));
    }
}
