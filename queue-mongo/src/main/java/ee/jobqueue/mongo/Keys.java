package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.spi.KeyHolders;
import ee.jobqueue.spi.KeyHolders.Question;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their documents, asks the chains who holds them, and has {@link KeyHolders}
 * judge. A key's document is changed by whoever judges it, hit or not, so that of two transactions with one key the second
 * conflicts with the first.
 */
final class Keys {

    private final MongoSession session;
    private final KeyHolders<Key> holders = new KeyHolders<>();
    /** The last jobs of the chains that were found. */
    private final Map<ChainId, StoredJob> lastJobs = new HashMap<>();
    /** The chains that hold the keys of jobs that are dropped. */
    private final Map<Object, ChainId> hits = new HashMap<>();
    /** Who keeps chains from being opened again. */
    private final Map<ChainId, Question<Key>> reopenings = new HashMap<>();

    Keys(MongoSession session) {
        this.session = session;
    }

    /** Locks the keys of jobs and decides which jobs are dropped. */
    void judge(List<Draft> drafts) {
        Map<Draft, Question<Key>> questions = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Deduplication deduplication = draft.job().deduplication();
            if (deduplication != null) {
                questions.put(draft, new Question<>(new Key(draft.job().type(), deduplication.key()), deduplication));
            }
        }
        lockAndAsk(questions.values());
        questions.forEach((draft, question) -> {
            ChainId holder = holders.give(question, Ids.chainId(draft.id()));
            if (holder != null) {
                hits.put(draft.id(), holder);
            }
        });
    }

    /** Locks the keys of chains that are to be opened again, of those that have one; by their last jobs. */
    void lockAgain(Collection<Document> failed) {
        for (Document last : failed) {
            Key key = Key.ofChain(last);
            if (key != null) {
                ChainId chain = Ids.chainId(last.get(Fields.CHAIN_ID));
                reopenings.put(chain, Question.reopening(key, key.key(), chain));
            }
        }
        lockAndAsk(reopenings.values());
    }

    /** Gives a chain its key again, if it has one; answers why not when another chain holds it. */
    @Nullable KeyHeldException reopen(ChainId chain) {
        Question<Key> question = reopenings.get(chain);
        ChainId holder = question == null ? null : holders.give(question, chain);
        return holder == null
                ? null
                : new KeyHeldException(chain, question.key().key(), holder);
    }

    private void lockAndAsk(Collection<Question<Key>> asked) {
        Set<Question<Key>> questions = Set.copyOf(asked);
        if (questions.isEmpty()) {
            return;
        }
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        List<UpdateOneModel<Document>> locks = new ArrayList<>();
        for (Key key : new TreeSet<>(questions.stream().map(Question::key).toList())) {
            locks.add(new UpdateOneModel<>(
                    new Document(Fields.ID, key.id()), new Document("$set", MongoSession.touch()), upsert));
        }
        session.keys().changeEach(locks);
        new KeyQuery(session).newest(questions).forEach((question, last) -> {
            StoredJob lastJob = JobDocument.toStored(last);
            lastJobs.put(lastJob.job().chainId(), lastJob);
            holders.found(question, lastJob.job(), JobDocument.time(last, Fields.READ_AT));
        });
    }

    /** The chain that holds the key of a job; {@code null} when the job is to be written. */
    @Nullable ChainId hit(Draft draft) {
        return hits.get(draft.id());
    }

    /** The last job of a chain that held a key before this call. */
    StoredJob lastJob(ChainId holder) {
        return Objects.requireNonNull(lastJobs.get(holder));
    }

    /** Locks the keys of chains, by their last jobs, before these are deleted; answers them. */
    static Set<Key> lockOf(MongoSession session, Collection<Document> chains) {
        Set<Key> keys = new TreeSet<>();
        for (Document last : chains) {
            Key key = Key.ofChain(last);
            if (key != null) {
                keys.add(key);
            }
        }
        if (!keys.isEmpty()) {
            session.keys().operateOnAll(among(keys), new Document("$set", MongoSession.touch()));
        }
        return keys;
    }

    /** Deletes the keys which no chain has, among keys that are locked. */
    static void deleteUnused(MongoSession session, Set<Key> keys) {
        if (keys.isEmpty()) {
            return;
        }
        Set<Key> unused = new TreeSet<>(keys);
        List<Question<Key>> questions = keys.stream()
                .map(key -> new Question<>(key, Deduplication.ever(key.key())))
                .toList();
        new KeyQuery(session).newest(questions).keySet().forEach(question -> unused.remove(question.key()));
        session.keys().deleteAll(among(unused));
    }

    private static Document among(Collection<Key> keys) {
        return new Document(Fields.ID, in(keys.stream().map(Key::id).toList()));
    }
}
