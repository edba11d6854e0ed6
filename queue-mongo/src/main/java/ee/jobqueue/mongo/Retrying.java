package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Expressions.unset;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import ee.jobqueue.spi.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Opens a failed chain again: reads its last job, locks the key and the blockers, judges, and changes the job. */
final class Retrying {

    private final MongoSession session;
    private final ChainId chainId;
    private final Object chain;

    Retrying(MongoSession session, ChainId chainId) {
        this.session = session;
        this.chainId = chainId;
        this.chain = Ids.of(chainId);
    }

    StoredJob retry() {
        Keys keys = new Keys(session);
        Document seen = read();
        String key = seen.getString(Fields.DEDUPLICATION_KEY);
        Object holder = key == null ? null : keys.reclaim(new Key(seen.getString(Fields.CHAIN_TYPE), key), chain);
        StoredJob last = JobDocument.toStored(seen);
        if (!Transition.RETRY.isAllowedFrom(last.job().status())) {
            throw new NotRetryableException(last.job().id(), last.job().status());
        }
        refuseHeld(key, holder);
        keys.replaceHolders();
        List<Blocker> blockers = Resolving.blockers(seen);
        Map<Object, @Nullable Status> ends = lock(blockers);
        Verdict verdict = Verdict.of(blockers, blocker -> ends.get(Ids.of(blocker)));
        Document change = new Document(Fields.STATUS, verdict.status().name())
                .append(Fields.SCHEDULED_AT, NOW)
                .append(Fields.FAILURES, 0)
                .append(Fields.CONFLICTS, 0);
        if (!blockers.isEmpty()) {
            change.append(Fields.OPEN_BLOCKERS, literal(Resolving.open(blockers, ends)));
        }
        if (verdict.ends()) {
            change.append(Fields.ENDED_AT, NOW).append(Fields.LAST_ERROR, literal(verdict.reason()));
        } else {
            waitAgain(session, chain);
        }
        return Managing.changed(
                        session,
                        List.of(last),
                        Transition.RETRY,
                        verdict.ends() ? List.of(set(change)) : List.of(set(change), unset(Fields.ENDED_AT)))
                .get(0);
    }

    /** Those who had settled with the failure of a chain, and still wait for others, wait for it again. */
    static void waitAgain(MongoSession session, Object chain) {
        session.jobs()
                .operateOnAll(
                        new Document(Fields.CHAIN_OF_BLOCKER, chain).append(Fields.STATUS, Status.BLOCKED.name()),
                        new Document("$addToSet", new Document(Fields.OPEN_BLOCKERS, chain)));
    }

    private Document read() {
        Document last = Chains.read(session, List.of(chain)).get(chain);
        if (last == null) {
            throw new ChainNotFoundException(chainId);
        }
        return last;
    }

    private void refuseHeld(@Nullable String key, @Nullable Object holder) {
        if (key != null && holder != null) {
            throw new KeyHeldException(chainId, key, Ids.chainId(holder));
        }
    }

    /** Locks the blockers, so that none of them ends unseen; answers how their chains ended. */
    private Map<Object, @Nullable Status> lock(List<Blocker> blockers) {
        Map<Object, @Nullable Status> ends = new HashMap<>();
        if (!blockers.isEmpty()) {
            List<Object> chains =
                    blockers.stream().map(Blocker::chain).map(Ids::of).toList();
            Chains.await(session, chains);
            Chains.read(session, chains).forEach((blocker, last) -> ends.put(blocker, JobDocument.end(last)));
        }
        return ends;
    }
}
