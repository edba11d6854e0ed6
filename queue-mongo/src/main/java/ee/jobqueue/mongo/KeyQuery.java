package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.notIn;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.sort;

import ee.jobqueue.Deduplication.Scope;
import ee.jobqueue.spi.KeyHolders.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * Finds the newest chains with deduplication keys, by the indexes over keys. One question is answered by the first entry of a
 * range, but for the disregarded ones. Several are answered together: all the chains with their keys are looked at, as far
 * as there are few, and the last jobs of the newest ones are read then.
 */
final class KeyQuery {

    /** How many chains are looked at for each question; with more of them each question is answered by itself. */
    private static final int FEW = 10;

    private static final Document NEWEST_FIRST = new Document(Fields.CHAIN_STARTED_AT, -1).append(Fields.CHAIN_ID, -1);

    private static final Document LOOK = new Document(Fields.CHAIN_ID, 1)
            .append(Fields.CHAIN_TYPE, 1)
            .append(Fields.DEDUPLICATION_KEY, 1)
            .append(Fields.CHAIN_STARTED_AT, 1);

    private final MongoSession session;

    private record Group(String chainType, Scope scope) {}

    KeyQuery(MongoSession session) {
        this.session = session;
    }

    /** The last jobs of the newest chains, by question; without those that are not there. */
    Map<Question<Key>, Document> newest(Collection<Question<Key>> questions) {
        Map<Question<Key>, Document> newest = new HashMap<>();
        questions.stream()
                .collect(Collectors.groupingBy(question -> new Group(
                        question.key().chainType(), question.deduplication().scope())))
                .forEach((group, asked) -> newest.putAll(answer(group, asked)));
        return newest;
    }

    private Map<Question<Key>, Document> answer(Group group, List<Question<Key>> questions) {
        int few = FEW * questions.size();
        List<Document> seen = questions.size() == 1 ? List.of() : look(group, questions, few + 1);
        return questions.size() == 1 || seen.size() > few ? oneByOne(questions) : among(seen, questions);
    }

    private List<Document> look(Group group, List<Question<Key>> questions, int most) {
        List<String> keys = questions.stream()
                .map(question -> question.key().key())
                .distinct()
                .toList();
        return session.jobs()
                .find(match(filter(group.chainType(), in(keys), group.scope())), limit(most), project(LOOK));
    }

    private Map<Question<Key>, Document> among(List<Document> seen, List<Question<Key>> questions) {
        Map<Key, List<Document>> newestFirst = seen.stream()
                .sorted(Comparator.comparing((Document last) -> last.getDate(Fields.CHAIN_STARTED_AT))
                        .reversed())
                .collect(Collectors.groupingBy(Key::ofChain));
        Map<Question<Key>, Object> chains = new HashMap<>();
        for (Question<Key> question : questions) {
            Collection<Object> disregarded = disregarded(question);
            newestFirst.getOrDefault(question.key(), List.of()).stream()
                    .map(last -> last.get(Fields.CHAIN_ID))
                    .filter(chain -> !disregarded.contains(chain))
                    .findFirst()
                    .ifPresent(chain -> chains.put(question, chain));
        }
        Map<Object, Document> lastJobs = chains.isEmpty() ? Map.of() : Chains.read(session, chains.values());
        Map<Question<Key>, Document> newest = new HashMap<>();
        questions.stream()
                .filter(chains::containsKey)
                .filter(question -> lastJobs.containsKey(chains.get(question)))
                .forEach(question -> newest.put(question, lastJobs.get(chains.get(question))));
        return newest;
    }

    private Map<Question<Key>, Document> oneByOne(List<Question<Key>> questions) {
        Map<Question<Key>, Document> newest = new HashMap<>();
        for (Question<Key> question : questions) {
            session.jobs().find(newest(question)).forEach(last -> newest.put(question, last));
        }
        return newest;
    }

    /** The last job of the newest chain. */
    static List<Document> newest(Question<Key> question) {
        Document filter = filter(
                question.key().chainType(),
                question.key().key(),
                question.deduplication().scope());
        Collection<Object> disregarded = disregarded(question);
        if (!disregarded.isEmpty()) {
            filter.append(Fields.CHAIN_ID, notIn(disregarded));
        }
        return List.of(match(filter), sort(NEWEST_FIRST), limit(1));
    }

    private static Collection<Object> disregarded(Question<Key> question) {
        return Ids.of(question.deduplication().disregarded());
    }

    /** Of an open chain the last job has no end. */
    private static Document filter(String chainType, Object key, Scope scope) {
        Document filter = new Document(Fields.CHAIN_TYPE, chainType)
                .append(Fields.DEDUPLICATION_KEY, key)
                .append(Fields.CONTINUED, false);
        return scope == Scope.INCOMPLETE ? filter.append(Fields.ENDED_AT, null) : filter;
    }
}
