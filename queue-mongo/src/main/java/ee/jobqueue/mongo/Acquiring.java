package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
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
 * Acquiring, outside any transaction: look at the first due jobs of each type and at its next one that is not due, deal the
 * places to the types in turn, change what is free. Four operations, however many jobs and types; more only when others took
 * what was looked at. The first of them reads the server's time, so that what is looked for are plain ranges of the
 * indexes; what is changed is compared with the server's time once more.
 */
final class Acquiring {

    private final MongoSession outside;
    private final PassingOver passingOver;
    private final Object worker;
    private final List<String> types;
    private final int limit;
    private final Set<Object> seen = new HashSet<>();
    private final List<StoredJob> taken = new ArrayList<>();

    Acquiring(Opened opened, Object worker, Set<String> types, int limit) {
        this.outside = new MongoSession(opened, null);
        this.passingOver = new PassingOver(opened);
        this.worker = worker;
        this.types = List.copyOf(new TreeSet<>(types));
        this.limit = limit;
    }

    Acquired acquire() {
        Look look;
        List<Candidate> dealt;
        do {
            look = look();
            dealt = look.deal(limit - taken.size());
            dealt.forEach(candidate -> seen.add(candidate.id()));
            taken.addAll(passingOver.change(
                    dealt.stream().map(Candidate::id).toList(), dueCondition(), List.of(set(acquisition()))));
        } while (taken.size() < limit && look.isMoreDueThan(dealt));
        taken.sort(Comparator.comparing((StoredJob stored) -> -stored.job().priority())
                .thenComparing(stored -> stored.job().scheduledAt())
                .thenComparing(stored -> stored.job().id().value()));
        return new Acquired(taken, look.nextDueIn(taken.size() == limit ? dealt : null));
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

    /**
     * One range of each index for each type. The due ones by type, priority and schedule: the server goes from one priority to
     * the next without walking the future jobs of the higher one. The next one by type and schedule.
     */
    private Look look() {
        Instant now = outside.opened().now();
        List<List<Document>> ranges = new ArrayList<>();
        for (String type : types) {
            ranges.add(due(type, now));
            ranges.add(next(type, now));
        }
        List<Document> pipeline = new ArrayList<>(ranges.get(0));
        for (List<Document> range : ranges.subList(1, ranges.size())) {
            pipeline.add(new Document(
                    "$unionWith", new Document("coll", outside.jobs().name()).append("pipeline", range)));
        }
        return Look.at(now, outside.jobs().find(pipeline));
    }

    private List<Document> due(String type, Instant now) {
        Document filter = waiting(type).append(Fields.SCHEDULED_AT, new Document("$lte", Date.from(now)));
        if (!seen.isEmpty()) {
            filter.append(Fields.ID, notIn(seen));
        }
        return List.of(
                match(filter),
                sort(new Document(Fields.PRIORITY, -1)
                        .append(Fields.SCHEDULED_AT, 1)
                        .append(Fields.ID, 1)),
                limit(limit - taken.size() + 1),
                project(CANDIDATE));
    }

    private List<Document> next(String type, Instant now) {
        Document filter = waiting(type).append(Fields.SCHEDULED_AT, new Document("$gt", Date.from(now)));
        return List.of(match(filter), sort(new Document(Fields.SCHEDULED_AT, 1)), limit(1), project(CANDIDATE));
    }

    private static Document waiting(String type) {
        return new Document(Fields.STATUS, Status.PENDING.name()).append(Fields.TYPE, type);
    }

    private static final Document CANDIDATE = new Document(Fields.TYPE, 1).append(Fields.SCHEDULED_AT, 1);

    private record Candidate(Object id, String type, Instant scheduledAt) {}

    /** What was seen: the due jobs of each type in their order, one more than there are places, and what is due next. */
    private record Look(
            Map<String, List<Candidate>> due, @Nullable Instant nextAt, Instant readAt) {

        static Look at(Instant readAt, List<Document> found) {
            Map<String, List<Candidate>> due = new LinkedHashMap<>();
            Instant nextAt = null;
            for (Document job : found) {
                Instant at = JobDocument.time(job, Fields.SCHEDULED_AT);
                if (!at.isAfter(readAt)) {
                    due.computeIfAbsent(job.getString(Fields.TYPE), type -> new ArrayList<>())
                            .add(new Candidate(job.get(Fields.ID), job.getString(Fields.TYPE), at));
                } else if (nextAt == null || at.isBefore(nextAt)) {
                    nextAt = at;
                }
            }
            return new Look(due, nextAt, readAt);
        }

        /** The first of each type, then the second of each, and so on; among equals the one that is due longest. */
        List<Candidate> deal(int places) {
            List<Candidate> dealt = new ArrayList<>();
            for (int turn = 0; dealt.size() < places; turn++) {
                int round = turn;
                List<Candidate> next = due.values().stream()
                        .filter(candidates -> candidates.size() > round)
                        .map(candidates -> candidates.get(round))
                        .sorted(Comparator.comparing(Candidate::scheduledAt))
                        .toList();
                if (next.isEmpty()) {
                    break;
                }
                dealt.addAll(next.subList(0, Math.min(next.size(), places - dealt.size())));
            }
            return dealt;
        }

        boolean isMoreDueThan(List<Candidate> dealt) {
            return due.values().stream().mapToInt(List::size).sum() > dealt.size();
        }

        /** From the look's time on; with what is due and was not dealt, if that is given. */
        @Nullable Duration nextDueIn(@Nullable List<Candidate> dealt) {
            Instant next = nextAt;
            if (dealt != null) {
                Set<Object> gone = new HashSet<>();
                dealt.forEach(candidate -> gone.add(candidate.id()));
                for (List<Candidate> candidates : due.values()) {
                    for (Candidate candidate : candidates) {
                        if (!gone.contains(candidate.id())
                                && (next == null || candidate.scheduledAt().isBefore(next))) {
                            next = candidate.scheduledAt();
                        }
                    }
                }
            }
            return next == null ? null : Duration.between(readAt, next);
        }
    }
}
