package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.isPastBy;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.sort;

import com.mongodb.MongoException;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/**
 * The room where chains are deleted by age, in transactions of its own: look, judge again, delete. All in one transaction;
 * when that conflicts, one for each chain, and those that conflict are passed over.
 */
final class Retention {

    private final MongoSession outside;
    private final OwnTransaction transaction;
    private final Document overForLong;

    Retention(Opened opened, OwnTransaction transaction, Set<Status> statuses, Duration age) {
        this.outside = new MongoSession(opened, null);
        this.transaction = transaction;
        this.overForLong = new Document(Fields.CONTINUED, false)
                .append(Fields.STATUS, in(statuses.stream().map(Status::name).toList()))
                // for the index over ends, which holds no job without one
                .append(Fields.ENDED_AT, new Document("$exists", true));
        overForLong.putAll(isPastBy(Fields.ENDED_AT, age.toMillis()));
    }

    List<Job> delete(int limit) {
        List<Object> candidates = look(limit);
        if (candidates.isEmpty()) {
            return List.of();
        }
        try {
            return Deleting.inChainOrder(transaction.run(session -> delete(session, candidates)));
        } catch (MongoException e) {
            if (!MongoErrors.isConflict(e)) {
                throw e;
            }
            return Deleting.inChainOrder(deleteEach(candidates));
        }
    }

    private List<Document> deleteEach(List<Object> chains) {
        List<Document> deleted = new ArrayList<>();
        for (Object chain : chains) {
            try {
                deleted.addAll(transaction.run(session -> delete(session, List.of(chain))));
            } catch (MongoException e) {
                if (!MongoErrors.isConflict(e)) {
                    throw e;
                } // somebody has a document of the chain: it is passed over, and found again next time
            }
        }
        return deleted;
    }

    /**
     * The oldest chains whose outputs nobody reads any more, by the index over ends, in its order. As many at a time as are
     * wanted, and on behind them when some are still needed.
     */
    private List<Object> look(int limit) {
        List<Object> chains = new ArrayList<>();
        int seen = 0;
        int found;
        do {
            List<Object> oldest = outside
                    .jobs()
                    .find(
                            match(overForLong),
                            sort(new Document(Fields.ENDED_AT, 1).append(Fields.ID, 1)),
                            new Document("$skip", seen),
                            limit(limit),
                            project(new Document(Fields.CHAIN_ID, 1)))
                    .stream()
                    .map(last -> last.get(Fields.CHAIN_ID))
                    .toList();
            found = oldest.size();
            seen += found;
            Set<Object> needed = needed(outside, oldest);
            oldest.stream().filter(chain -> !needed.contains(chain)).forEach(chains::add);
        } while (found == limit && chains.size() < limit);
        return chains.subList(0, Math.min(chains.size(), limit));
    }

    /** Those of the chains whose outputs a job may still read, be it a job of another one of them, which may have to stay. */
    private static Set<Object> needed(MongoSession session, List<Object> chains) {
        Set<Object> needed = new HashSet<>();
        if (!chains.isEmpty()) {
            Deleting.references(session, chains, List.of())
                    .forEach(reference -> needed.add(Ids.of(reference.blocker())));
        }
        return needed;
    }

    /** Deletes those of the chains that are still over and needed by nobody; answers their last jobs. */
    private Collection<Document> delete(MongoSession session, List<Object> candidates) {
        Document filter = Chains.areAmong(candidates);
        filter.putAll(overForLong);
        Map<Object, Document> over = new HashMap<>();
        session.jobs().find(match(filter)).forEach(last -> over.put(last.get(Fields.CHAIN_ID), last));
        over.keySet().removeAll(needed(session, List.copyOf(over.keySet())));
        if (!over.isEmpty()) {
            Deleting.delete(session, over.keySet(), over.values());
        }
        return over.values();
    }
}
