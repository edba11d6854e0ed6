package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Expressions.unset;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
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
        List<Object> openBlockers = lockBlockers(seen);
        Document change = new Document(Fields.STATUS, (openBlockers.isEmpty() ? Status.PENDING : Status.BLOCKED).name())
                .append(Fields.SCHEDULED_AT, NOW)
                .append(Fields.FAILURES, 0)
                .append(Fields.CONFLICTS, 0);
        if (seen.containsKey(Fields.BLOCKERS)) {
            change.append(Fields.OPEN_BLOCKERS, literal(openBlockers));
        }
        return Managing.changed(session, List.of(last), Transition.RETRY, List.of(set(change), unset(Fields.ENDED_AT)))
                .get(0);
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

    /** Locks the blockers, so that none of them ends unseen; answers those that are not completed. */
    private List<Object> lockBlockers(Document waiting) {
        List<Document> declared = waiting.getList(Fields.BLOCKERS, Document.class, List.of());
        if (declared.isEmpty()) {
            return List.of();
        }
        List<Object> blockers =
                declared.stream().map(blocker -> blocker.get(Fields.CHAIN)).toList();
        Chains.await(session, blockers);
        Map<Object, Document> lastJobs = Chains.read(session, blockers);
        return blockers.stream()
                .filter(blocker -> {
                    Document last = lastJobs.get(blocker);
                    return last == null || JobDocument.status(last) != Status.COMPLETED;
                })
                .toList();
    }
}
