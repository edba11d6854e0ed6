package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.spi.Refusals;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** The last jobs of chains, which stand for the chains. */
final class Chains {

    private Chains() {}

    /** The last job of a chain, by the index over chains. */
    static Document is(Object chain) {
        return new Document(Fields.CHAIN_ID, chain).append(Fields.CONTINUED, false);
    }

    /** The last jobs of chains, by the index over chains. */
    static Document areAmong(Collection<?> chains) {
        return new Document(Fields.CHAIN_ID, in(chains)).append(Fields.CONTINUED, false);
    }

    /** Reads the last jobs of chains, each with the server's time, by their chains; without those that are not there. */
    static Map<Object, Document> read(MongoSession session, Collection<?> chains) {
        Map<Object, Document> lastJobs = new HashMap<>();
        for (Document last : session.jobs().find(match(areAmong(chains)))) {
            lastJobs.put(last.get(Fields.CHAIN_ID), last);
        }
        return lastJobs;
    }

    /** The same, in the order of the chains, each once; those that are not there are refused. */
    static Map<Object, Document> read(MongoSession session, List<ChainId> ids, Refusals refusals) {
        Collection<Object> chains = new LinkedHashSet<>(Ids.of(ids));
        Map<Object, Document> found = read(session, chains);
        Map<Object, Document> lastJobs = new LinkedHashMap<>();
        for (Object chain : chains) {
            Document last = found.get(chain);
            if (last != null) {
                lastJobs.put(chain, last);
            } else {
                refusals.refuse(Ids.chainId(chain), new ChainNotFoundException(Ids.chainId(chain)));
            }
        }
        return lastJobs;
    }

    /**
     * Locks the last jobs of chains until the current transaction ends: another transaction that changes one of them, or
     * has done so since this one began to read, conflicts with it.
     */
    static void lock(MongoSession session, Collection<?> chains) {
        session.jobs().operateOnAll(areAmong(chains), new Document("$set", MongoSession.touch()));
    }

    /** The same, noting that somebody waits for the chains. */
    static void await(MongoSession session, Collection<?> chains) {
        session.jobs()
                .operateOnAll(
                        areAmong(chains),
                        new Document("$set", MongoSession.touch().append(Fields.AWAITED, true)));
    }

    static List<Object> ids(Collection<Document> documents) {
        return documents.stream().map(document -> document.get(Fields.ID)).toList();
    }
}
