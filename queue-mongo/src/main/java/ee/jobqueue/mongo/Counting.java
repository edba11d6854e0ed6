package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.isAhead;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.sort;
import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.JobCount;
import ee.jobqueue.Status;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** The room of those who look at the queue as a whole: how much there is, how far behind, and who works. No locks. */
final class Counting {

    private static final String COUNT = "count";
    private static final Document ONE_MORE = new Document("$sum", 1);

    private final MongoSession session;

    Counting(MongoSession session) {
        this.session = session;
    }

    /** By the index over statuses and types alone. */
    List<JobCount> counts() {
        Document statusAndType =
                new Document(Fields.STATUS, value(Fields.STATUS)).append(Fields.TYPE, value(Fields.TYPE));
        return session
                .jobs()
                .find(
                        sort(new Document(Fields.STATUS, 1).append(Fields.TYPE, 1)),
                        new Document("$group", new Document(Fields.ID, statusAndType).append(COUNT, ONE_MORE)))
                .stream()
                .map(group -> {
                    Document id = group.get(Fields.ID, Document.class);
                    return new JobCount(
                            id.getString(Fields.TYPE),
                            JobDocument.status(id),
                            group.get(COUNT, Number.class).longValue());
                })
                .sorted(Comparator.comparing(JobCount::type).thenComparing(JobCount::status))
                .toList();
    }

    /** The types of waiting jobs, then the first of each that is due, by the index over types and schedules. */
    List<StoredJob> oldestDue() {
        List<List<Document>> ranges = session
                .jobs()
                .find(
                        match(new Document(Fields.STATUS, Status.PENDING.name())),
                        new Document("$group", new Document(Fields.ID, value(Fields.TYPE))),
                        sort(new Document(Fields.ID, 1)))
                .stream()
                .map(type -> firstDue(type.getString(Fields.ID), JobDocument.time(type, Fields.READ_AT)))
                .toList();
        if (ranges.isEmpty()) {
            return List.of();
        }
        List<Document> pipeline = new ArrayList<>(ranges.get(0));
        for (List<Document> range : ranges.subList(1, ranges.size())) {
            pipeline.add(new Document(
                    "$unionWith", new Document("coll", session.jobs().name()).append("pipeline", range)));
        }
        return session.jobs().find(pipeline).stream()
                .map(JobDocument::toStored)
                .sorted(Comparator.comparing(stored -> stored.job().type()))
                .toList();
    }

    private static List<Document> firstDue(String type, Instant now) {
        Document filter = new Document(Fields.STATUS, Status.PENDING.name())
                .append(Fields.TYPE, type)
                .append(Fields.SCHEDULED_AT, new Document("$lte", Date.from(now)));
        return List.of(match(filter), sort(new Document(Fields.SCHEDULED_AT, 1).append(Fields.ID, 1)), limit(1));
    }

    List<KnownWorker> workers() {
        List<Document> workers = session.workers()
                .find(
                        match(isAhead(Fields.LEASE_UNTIL)),
                        sort(new Document(Fields.STARTED_AT, 1).append(Fields.ID, 1)));
        Map<Object, Integer> running = running(Chains.ids(workers));
        return workers.stream()
                .map(worker -> new KnownWorker(
                        new WorkerId(Ids.text(worker.get(Fields.ID))),
                        new NewWorker(
                                worker.getString(Fields.NAME),
                                Set.copyOf(worker.getList(Fields.TYPES, String.class)),
                                worker.getInteger(Fields.CONCURRENCY)),
                        running.getOrDefault(worker.get(Fields.ID), 0)))
                .toList();
    }

    /** How many jobs run under workers, by the index over running jobs. */
    private Map<Object, Integer> running(List<Object> workers) {
        Map<Object, Integer> running = new HashMap<>();
        if (!workers.isEmpty()) {
            session.jobs()
                    .find(
                            match(new Document(Fields.STATUS, Status.RUNNING.name())
                                    .append(Fields.WORKER, in(workers))),
                            new Document(
                                    "$group", new Document(Fields.ID, value(Fields.WORKER)).append(COUNT, ONE_MORE)))
                    .forEach(group -> running.put(
                            group.get(Fields.ID), group.get(COUNT, Number.class).intValue()));
        }
        return running;
    }
}
