package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.increased;
import static ee.jobqueue.mongo.Expressions.isPast;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.notIn;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Expressions.sort;

import ee.jobqueue.Status;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Acquiring, outside any transaction: look whether anything is due, then at the first due jobs of each type, deal the places to
 * the types in turn, change what is free. As many operations for one job as for a thousand: five and one for each type, two
 * when nothing is due; more only when others took what was looked at.
 *
 * <p>The first operation reads the server's time, so that what is looked for are plain ranges of the indexes; what is changed is
 * compared with the server's time once more.
 */
final class Acquiring {

    /** A transaction may hold the job for long, and looking at it costs. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Document CANDIDATE = new Document(Fields.TYPE, 1).append(Fields.SCHEDULED_AT, 1);

    private final MongoSession outside;
    private final PassingOver passingOver;
    private final Object worker;
    private final Set<String> types;
    private final int limit;
    private final Set<Object> seen = new HashSet<>();
    private final List<StoredJob> taken = new ArrayList<>();

    Acquiring(Opened opened, Object worker, Set<String> types, int limit) {
        this.outside = new MongoSession(opened, null);
        this.passingOver = new PassingOver(opened);
        this.worker = worker;
        this.types = new TreeSet<>(types);
        this.limit = limit;
    }

    Acquired acquire() {
        Instant now = outside.opened().now();
        Instant first = earliest(new Document());
        if (first == null || first.isAfter(now)) {
            return new Acquired(List.of(), first == null ? null : Duration.between(now, first));
        }
        Look look;
        List<Candidate> dealt;
        do {
            look = look(now);
            dealt = look.deal(limit - taken.size());
            dealt.forEach(candidate -> seen.add(candidate.id()));
            taken.addAll(passingOver.change(
                    dealt.stream().map(Candidate::id).toList(), dueCondition(), List.of(set(acquisition()))));
        } while (taken.size() < limit && look.isMoreDueThan(dealt));
        Instant next = taken.size() == limit ? look.firstBehind(dealt) : null;
        if (next == null) {
            next = earliest(new Document(Fields.SCHEDULED_AT, new Document("$gt", Date.from(now))));
        }
        Duration nextDueIn = next == null ? null : Duration.between(now, next);
        return new Acquired(taken, taken.size() < seen.size() ? soon(nextDueIn) : nextDueIn);
    }

    /** A due job was passed over: it is looked at again soon, and not at the next poll. */
    private static Duration soon(@Nullable Duration nextDueIn) {
        return nextDueIn == null || nextDueIn.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : nextDueIn;
    }

    /** When the first waiting job of the types is due, by the index over types and schedules, one step in each type. */
    private @Nullable Instant earliest(Document schedule) {
        Document waiting = new Document(Fields.STATUS, Status.PENDING.name()).append(Fields.TYPE, in(types));
        waiting.putAll(schedule);
        return outside
                .jobs()
                .find(match(waiting), sort(new Document(Fields.SCHEDULED_AT, 1)), limit(1), project(CANDIDATE))
                .stream()
                .map(job -> JobDocument.time(job, Fields.SCHEDULED_AT))
                .findFirst()
                .orElse(null);
    }

    private static Document dueCondition() {
        Document condition = new Document(Fields.STATUS, Status.PENDING.name());
        condition.putAll(isPast(Fields.SCHEDULED_AT));
        return condition;
    }

    private Document acquisition() {
        return new Document(Fields.STATUS, Status.RUNNING.name())
                .append(Fields.ATTEMPT, increased(Fields.ATTEMPT))
                .append(Fields.WORKER, literal(worker))
                .append(Fields.ACQUIRED_AT, NOW);
    }

    private Look look(Instant now) {
        Map<String, List<Candidate>> due = new LinkedHashMap<>();
        for (String type : types) {
            List<Candidate> candidates = outside.jobs().find(due(type, now, limit - taken.size() + 1, seen)).stream()
                    .map(job -> new Candidate(job.get(Fields.ID), JobDocument.time(job, Fields.SCHEDULED_AT)))
                    .toList();
            if (!candidates.isEmpty()) {
                due.put(type, candidates);
            }
        }
        return new Look(due);
    }

    /**
     * The first due jobs of a type, by the index over types, priorities and schedules, in its order. The server goes from one
     * priority to the next without walking the future jobs of the higher one.
     */
    static List<Document> due(String type, Instant now, int limit, Set<Object> without) {
        Document filter = new Document(Fields.STATUS, Status.PENDING.name())
                .append(Fields.TYPE, type)
                .append(Fields.SCHEDULED_AT, new Document("$lte", Date.from(now)));
        if (!without.isEmpty()) {
            filter.append(Fields.ID, notIn(without));
        }
        return List.of(
                match(filter),
                sort(new Document(Fields.PRIORITY, -1)
                        .append(Fields.SCHEDULED_AT, 1)
                        .append(Fields.ID, 1)),
                limit(limit),
                project(CANDIDATE));
    }

    private record Candidate(Object id, Instant scheduledAt) {}

    /** The due jobs of each type in their order, one more than there are places. */
    private record Look(Map<String, List<Candidate>> due) {

        List<Candidate> deal(int places) {
            return Turns.deal(due.values(), Comparator.comparing(Candidate::scheduledAt), places);
        }

        boolean isMoreDueThan(List<Candidate> dealt) {
            return due.values().stream().mapToInt(List::size).sum() > dealt.size();
        }

        /** Since when a job is due that was not dealt; {@code null} when all were. */
        @Nullable Instant firstBehind(List<Candidate> dealt) {
            return due.values().stream()
                    .flatMap(List::stream)
                    .filter(candidate -> !dealt.contains(candidate))
                    .map(Candidate::scheduledAt)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }
    }
}
