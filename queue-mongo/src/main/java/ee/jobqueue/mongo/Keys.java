package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.Deduplication;
import ee.jobqueue.spi.KeyHolders;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their documents, and has {@link KeyHolders} say who holds them. A key's
 * document is changed by whoever judges it, hit or not, so that of two transactions with one key the second conflicts with
 * the first.
 */
final class Keys {

    private final MongoSession session;
    private final KeyHolders<Key, Object> holders = new KeyHolders<>();
    /** The chain that holds the key of a job that is dropped. */
    private final Map<Object, Object> hits = new HashMap<>();

    Keys(MongoSession session) {
        this.session = session;
    }

    /** Locks the keys and decides which jobs are dropped. Replaces no holder yet: what follows may still be refused. */
    void judge(List<Draft> drafts) {
        List<Draft> keyed = drafts.stream()
                .filter(draft -> draft.job().deduplication() != null)
                .toList();
        SortedMap<Key, Object> proposed = new TreeMap<>();
        keyed.forEach(draft -> proposed.putIfAbsent(key(draft), draft.id()));
        Map<Key, Object> standing = lock(proposed);
        Set<Object> before = new HashSet<>(standing.values());
        keyed.stream().filter(draft -> !draft.hasChosenId()).map(Draft::id).forEach(before::remove);
        stand(standing, before);
        for (Draft draft : keyed) {
            Object holder = holders.start(key(draft), deduplication(draft), draft.id());
            if (holder != null) {
                hits.put(draft.id(), holder);
            }
        }
    }

    /** Locks the keys of chains that are to be opened again. One that stands nowhere goes to the first of its chains. */
    void lockAgain(Map<Object, Key> keys) {
        SortedMap<Key, Object> proposed = new TreeMap<>();
        keys.forEach((chain, key) -> proposed.putIfAbsent(key, chain));
        Map<Key, Object> standing = lock(proposed);
        stand(standing, new HashSet<>(standing.values()));
    }

    /** {@link KeyHolders#reopen}: the chain has the key from {@link #replaceHolders} on. */
    @Nullable Object reopen(Key key, Object chain) {
        return holders.reopen(key, chain);
    }

    /** Writes the keys that are new, each with the proposed chain, and locks the others; answers what stands in them. */
    private Map<Key, Object> lock(SortedMap<Key, Object> proposed) {
        if (proposed.isEmpty()) {
            return Map.of();
        }
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        List<UpdateOneModel<Document>> locks = new ArrayList<>();
        proposed.forEach((key, chain) -> locks.add(new UpdateOneModel<>(
                new Document(Fields.ID, key.id()),
                new Document("$set", MongoSession.touch()).append("$setOnInsert", new Document(Fields.CHAIN, chain)),
                upsert)));
        session.keys().changeEach(locks);
        Map<Key, Object> standing = new HashMap<>();
        List<Document> ids = proposed.keySet().stream().map(Key::id).toList();
        for (Document found : session.keys().find(match(new Document(Fields.ID, in(ids))))) {
            standing.put(Key.of(found.get(Fields.ID, Document.class)), found.get(Fields.CHAIN));
        }
        return standing;
    }

    private void stand(Map<Key, Object> standing, Set<Object> unknown) {
        Map<Object, Document> read = unknown.isEmpty() ? Map.of() : Chains.read(session, unknown);
        standing.forEach((key, chain) -> {
            Document lastJob = read.get(chain);
            holders.stands(key, chain, lastJob != null && isUnder(key, lastJob) ? holder(lastJob) : null);
        });
    }

    private static boolean isUnder(Key key, Document lastJob) {
        return key.chainType().equals(lastJob.getString(Fields.CHAIN_TYPE))
                && key.key().equals(lastJob.getString(Fields.DEDUPLICATION_KEY));
    }

    private static KeyHolders.Holder holder(Document lastJob) {
        return new KeyHolders.Holder(
                JobDocument.toStored(lastJob),
                JobDocument.status(lastJob).isOver(),
                JobDocument.time(lastJob, Fields.READ_AT));
    }

    /** Gives the keys whose chain no longer holds them to the new chains. */
    void replaceHolders() {
        List<UpdateOneModel<Document>> changes = new ArrayList<>();
        holders.replaced()
                .forEach((key, chain) -> changes.add(new UpdateOneModel<>(
                        new Document(Fields.ID, key.id()), new Document("$set", new Document(Fields.CHAIN, chain)))));
        if (!changes.isEmpty()) {
            session.keys().changeEach(changes);
        }
    }

    /** The chain that holds the key of a job; {@code null} when the job is to be written. */
    @Nullable Object hit(Draft draft) {
        return hits.get(draft.id());
    }

    /** The last job of the chain that held the key of a job before this call. */
    StoredJob lastJob(Draft draft) {
        return holders.before(key(draft)).lastJob();
    }

    private static Key key(Draft draft) {
        return new Key(draft.job().type(), deduplication(draft).key());
    }

    private static Deduplication deduplication(Draft keyed) {
        return keyed.job().deduplication();
    }
}
