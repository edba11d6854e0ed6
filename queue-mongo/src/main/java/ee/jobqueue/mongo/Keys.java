package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.Deduplication;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their documents, then judges job by job whether the chain in the document
 * holds the key. A key's document is changed by whoever judges it, hit or not, so that of two transactions with one key the
 * second conflicts with the first.
 */
final class Keys {

    private final MongoSession session;
    /** The last jobs of the chains that stood in the documents before this call; one that is gone is missing. */
    private final Map<Object, Document> holders = new HashMap<>();
    /** The chain that holds the key of a job that is dropped. */
    private final Map<Object, Object> hits = new HashMap<>();
    /** Keys to be given to another chain. */
    private final SortedMap<Key, Object> replaced = new TreeMap<>();
    /** The chains in the documents of the keys that chains are to have back. */
    private final Map<Key, Object> occupants = new HashMap<>();
    /** Those of these keys that a chain has got back. */
    private final Set<Key> reclaimed = new HashSet<>();

    Keys(MongoSession session) {
        this.session = session;
    }

    /** Locks the keys and decides which jobs are dropped. Replaces no holder yet: what follows may still be refused. */
    void judge(List<Draft> drafts) {
        SortedMap<Key, Object> proposed = new TreeMap<>();
        drafts.stream()
                .filter(draft -> draft.job().deduplication() != null)
                .forEach(draft -> proposed.putIfAbsent(key(draft, draft.job().deduplication()), draft.id()));
        if (proposed.isEmpty()) {
            return;
        }
        Map<Key, Object> standing = lock(proposed);
        Set<Object> own = drafts.stream().map(Draft::id).collect(Collectors.toSet());
        Set<Object> given = drafts.stream()
                .filter(draft -> !draft.hasChosenId())
                .map(Draft::id)
                .collect(Collectors.toSet());
        readHolders(standing.values().stream()
                .filter(chain -> !given.contains(chain))
                .toList());
        for (Draft draft : drafts) {
            Deduplication deduplication = draft.job().deduplication();
            if (deduplication != null) {
                judge(draft.id(), key(draft, deduplication), deduplication, standing, own);
            }
        }
    }

    /** Locks the keys of chains that are to be opened again. One that stands nowhere goes to the first of its chains. */
    void lock(Map<Object, Key> keysOfChains) {
        SortedMap<Key, Object> proposed = new TreeMap<>();
        keysOfChains.forEach((chain, key) -> proposed.putIfAbsent(key, chain));
        if (!proposed.isEmpty()) {
            occupants.putAll(lock(proposed));
            readHolders(occupants.values());
        }
    }

    /**
     * Gives a key that is locked back to a chain that is opened again, from {@link #replaceHolders} on.
     *
     * @return another chain, which holds the key since it is not over or has got it back before; {@code null} when the
     *     chain has it
     */
    @Nullable Object reclaim(Key key, Object chain) {
        Object occupant = occupants.get(key);
        if (!chain.equals(occupant)) {
            Document holder = holders.get(occupant);
            if (reclaimed.contains(key)
                    || holder != null && !JobDocument.status(holder).isOver()) {
                return occupant;
            }
            occupants.put(key, chain);
            replaced.put(key, chain);
        }
        reclaimed.add(key);
        return null;
    }

    private void judge(Object chain, Key key, Deduplication deduplication, Map<Key, Object> standing, Set<Object> own) {
        Object found = standing.get(key);
        Document holder = startedUnder(key, holders.get(found));
        if (chain.equals(found) && holder == null) {
            return;
        }
        if (holder == null ? own.contains(found) : holds(holder, deduplication)) {
            hits.put(chain, found);
        } else {
            standing.put(key, chain);
            replaced.put(key, chain);
        }
    }

    /** Another chain does not hold it: the key may have just been written for a chosen id that is another chain's already. */
    private static @Nullable Document startedUnder(Key key, @Nullable Document holder) {
        boolean isHolder = holder != null
                && key.chainType().equals(holder.getString(Fields.CHAIN_TYPE))
                && key.key().equals(holder.getString(Fields.DEDUPLICATION_KEY));
        return isHolder ? holder : null;
    }

    private static boolean holds(Document holder, Deduplication deduplication) {
        boolean inScope = deduplication.scope() == Deduplication.Scope.ANY
                || !JobDocument.status(holder).isOver();
        boolean inWindow = deduplication.window() == null
                || startedAt(holder).plus(deduplication.window()).isAfter(JobDocument.time(holder, Fields.READ_AT));
        return inScope && inWindow && !deduplication.disregarded().contains(Ids.chainId(holder.get(Fields.CHAIN_ID)));
    }

    private static Instant startedAt(Document holder) {
        return JobDocument.time(holder, Fields.CHAIN_STARTED_AT);
    }

    /** Writes the keys that are new, each with the proposed chain, and locks the others; answers what stands in them. */
    private Map<Key, Object> lock(SortedMap<Key, Object> proposed) {
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

    private void readHolders(Collection<Object> chains) {
        if (!chains.isEmpty()) {
            holders.putAll(Chains.read(session, chains));
        }
    }

    /** Gives the keys whose chain no longer holds them to the new chains. */
    void replaceHolders() {
        if (replaced.isEmpty()) {
            return;
        }
        List<UpdateOneModel<Document>> changes = new ArrayList<>();
        replaced.forEach((key, chain) -> changes.add(new UpdateOneModel<>(
                new Document(Fields.ID, key.id()), new Document("$set", new Document(Fields.CHAIN, chain)))));
        session.keys().changeEach(changes);
    }

    /** The chain that holds the key of a job; {@code null} when the job is to be written. */
    @Nullable Object hit(Draft draft) {
        return hits.get(draft.id());
    }

    /** The last job of a chain that held a key before this call. */
    StoredJob lastJob(Object chain) {
        return JobDocument.toStored(holders.get(chain));
    }

    private static Key key(Draft draft, Deduplication deduplication) {
        return new Key(draft.job().type(), deduplication.key());
    }
}
