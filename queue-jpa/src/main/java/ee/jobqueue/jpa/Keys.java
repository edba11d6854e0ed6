package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Starting.Draft;
import ee.jobqueue.jpa.Statement.JobAnd;
import ee.jobqueue.spi.KeyHolders;
import ee.jobqueue.spi.KeyHolders.Question;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication keys of one call: locks their rows in order, asks the chains who holds them, and has {@link KeyHolders}
 * judge. The chains are read by a statement of their own after the lock, so that a chain is seen whose transaction
 * committed while this one waited.
 */
final class Keys {

    private static final List<Status> ENDS =
            Arrays.stream(Status.values()).filter(Status::isOver).toList();

    private final SqlSession session;
    private final KeyHolders<Key> holders = new KeyHolders<>();
    /** The last jobs of the chains that were found. */
    private final Map<ChainId, StoredJob> lastJobs = new HashMap<>();
    /** The chains that hold the keys of jobs that are dropped. */
    private final Map<UUID, ChainId> hits = new HashMap<>();
    /** Who keeps chains from being opened again. */
    private final Map<ChainId, Question<Key>> reopenings = new HashMap<>();

    /**
     * Asks for the newest chain that stands in one way, so that the answer is the first entry of a range of the index.
     *
     * @param end how the chain ended; {@code null} for an open one
     */
    private record Part(Question<Key> question, @Nullable Status end) {}

    Keys(SqlSession session) {
        this.session = session;
    }

    /** Locks the keys of jobs and decides which jobs are dropped. */
    void judge(List<Draft> drafts) {
        Map<Draft, Question<Key>> questions = new LinkedHashMap<>();
        SortedMap<Key, UUID> rows = new TreeMap<>();
        for (Draft draft : drafts) {
            Deduplication deduplication = draft.job().deduplication();
            if (deduplication != null) {
                Key key = new Key(draft.job().type(), deduplication.key());
                questions.put(draft, new Question<>(key, deduplication));
                rows.putIfAbsent(key, draft.id());
            }
        }
        lockAndAsk(rows, new LinkedHashSet<>(questions.values()));
        questions.forEach((draft, question) -> {
            ChainId holder = holders.give(question, new ChainId(draft.id().toString()));
            if (holder != null) {
                hits.put(draft.id(), holder);
            }
        });
    }

    /** Locks the keys of chains that are to be opened again. */
    void lockAgain(Map<ChainId, Key> keys) {
        SortedMap<Key, UUID> rows = new TreeMap<>();
        keys.forEach((chain, key) -> {
            rows.putIfAbsent(key, Ids.of(chain));
            reopenings.put(chain, Question.reopening(key, key.key(), chain));
        });
        lockAndAsk(rows, Set.copyOf(reopenings.values()));
    }

    /** Gives a chain its key again, if it has one; answers why not when another chain holds it. */
    @Nullable KeyHeldException reopen(ChainId chain) {
        Question<Key> question = reopenings.get(chain);
        ChainId holder = question == null ? null : holders.give(question, chain);
        return holder == null
                ? null
                : new KeyHeldException(chain, question.key().key(), holder);
    }

    private void lockAndAsk(SortedMap<Key, UUID> rows, Set<Question<Key>> questions) {
        if (questions.isEmpty()) {
            return;
        }
        session.dialect().lockKeys(session, rows);
        List<Part> parts =
                questions.stream().flatMap(question -> parts(question).stream()).toList();
        Starting.batches(parts).forEach(this::ask);
    }

    private static List<Part> parts(Question<Key> question) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(question, null));
        if (question.deduplication().scope() == Deduplication.Scope.ANY) {
            ENDS.forEach(end -> parts.add(new Part(question, end)));
        }
        return parts;
    }

    private void ask(List<Part> parts) {
        for (JobAnd<Integer> row : session.statement(Statements.HOLDERS)
                .set("places", IntStream.range(0, parts.size()).boxed().toArray(Integer[]::new))
                .set("types", texts(parts, part -> part.question().key().chainType()))
                .set("keys", texts(parts, part -> part.question().key().key()))
                .set(
                        "ends",
                        texts(
                                parts,
                                part -> part.end() == null ? null : part.end().name()))
                .set("disregarded", texts(parts, part -> disregarded(part.question())))
                .jobsWith("place", Integer.class)) {
            Job lastJob = row.stored().job();
            lastJobs.put(lastJob.chainId(), row.stored());
            holders.found(parts.get(row.other()).question(), lastJob, row.readAt());
        }
    }

    private static String[] texts(List<Part> parts, Function<Part, @Nullable String> column) {
        return parts.stream().map(column).toArray(String[]::new);
    }

    private static String disregarded(Question<Key> question) {
        return Arrays.stream(Ids.of(question.deduplication().disregarded()))
                .map(UUID::toString)
                .collect(Collectors.joining(","));
    }

    /** The chain that holds the key of a job; {@code null} when the job is to be written. */
    @Nullable ChainId hit(Draft draft) {
        return hits.get(draft.id());
    }

    /** The last job of a chain that held a key before this call. */
    StoredJob lastJob(ChainId holder) {
        return Objects.requireNonNull(lastJobs.get(holder));
    }
}
