package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Expressions.unset;

import com.mongodb.client.model.UpdateOneModel;
import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import ee.jobqueue.spi.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Opens failed chains again: reads their last jobs, judges them, locks the keys and the blockers of those that can be retried,
 * and changes the jobs. What is judged is changed afterwards, as in {@link Managing}. Used once.
 */
final class Retrying {

    private final MongoSession session;
    private final Refusals refusals;
    private final Keys held;
    /** How the chains of the blockers stand, with what was decided for chains before. */
    private final Map<Object, @Nullable Status> ends = new HashMap<>();

    Retrying(MongoSession session, Refusals refusals) {
        this.session = session;
        this.refusals = refusals;
        this.held = new Keys(session);
    }

    List<StoredJob> retry(List<ChainId> chains) {
        Map<Object, Document> retried = Chains.read(session, chains, refusals);
        retried.values().removeIf(last -> !isRetried(JobDocument.toStored(last).job()));
        held.lockAgain(retried.values());
        retried.keySet().removeIf(chain -> isHeld(Ids.chainId(chain)));
        if (retried.isEmpty()) {
            return List.of();
        }
        lockBlockers(retried.values());
        List<UpdateOneModel<Document>> changes = new ArrayList<>();
        List<Object> awaitedAgain = new ArrayList<>();
        retried.forEach((chain, last) -> {
            List<Blocker> blockers = Resolving.blockers(last);
            Verdict verdict = Verdict.of(blockers, blocker -> ends.get(Ids.of(blocker)));
            changes.add(new UpdateOneModel<>(
                    Managing.allowed(last.get(Fields.ID), Transition.RETRY), change(verdict, blockers)));
            if (!verdict.ends()) {
                ends.put(chain, null);
                if (last.getBoolean(Fields.AWAITED)) {
                    awaitedAgain.add(chain);
                }
            }
        });
        long changed = session.jobs().changeEach(changes);
        awaitedAgain.forEach(chain -> waitAgain(session, chain));
        return Managing.changed(
                session, retried.values().stream().map(JobDocument::toStored).toList(), changed);
    }

    private boolean isRetried(Job job) {
        if (!Transition.RETRY.isAllowedFrom(job.status())) {
            refusals.refuse(job.chainId(), new NotRetryableException(job.id(), job.status()));
            return false;
        }
        return refusals.isMeant(job);
    }

    private boolean isHeld(ChainId chain) {
        KeyHeldException refusal = held.reopen(chain);
        if (refusal != null) {
            refusals.refuse(chain, refusal);
        }
        return refusal != null;
    }

    /** Locks the blockers, so that none of them ends unseen, and reads how their chains stand. */
    private void lockBlockers(Collection<Document> lastJobs) {
        Set<Object> chains = new LinkedHashSet<>();
        lastJobs.forEach(last -> Resolving.blockers(last).forEach(blocker -> chains.add(Ids.of(blocker.chain()))));
        if (!chains.isEmpty()) {
            Chains.await(session, chains);
            Chains.read(session, chains).forEach((blocker, last) -> ends.put(blocker, JobDocument.end(last)));
        }
    }

    private List<Document> change(Verdict verdict, List<Blocker> blockers) {
        Document change = new Document(Fields.STATUS, verdict.status().name())
                .append(Fields.SCHEDULED_AT, NOW)
                .append(Fields.FAILURES, 0)
                .append(Fields.CONFLICTS, 0);
        if (!blockers.isEmpty()) {
            change.append(Fields.OPEN_BLOCKERS, literal(Resolving.open(blockers, ends)));
        }
        if (verdict.ends()) {
            change.append(Fields.ENDED_AT, NOW).append(Fields.LAST_ERROR, literal(verdict.reason()));
            return List.of(set(change));
        }
        return List.of(set(change), unset(Fields.ENDED_AT));
    }

    /** Those who had settled with the failure of a chain, and still wait for others, wait for it again. */
    static void waitAgain(MongoSession session, Object chain) {
        session.jobs()
                .operateOnAll(
                        new Document(Fields.CHAIN_OF_BLOCKER, chain).append(Fields.STATUS, Status.BLOCKED.name()),
                        new Document("$addToSet", new Document(Fields.OPEN_BLOCKERS, chain)));
    }
}
