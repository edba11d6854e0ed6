package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.after;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.isPast;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Swept;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** The elected sweep: finds jobs that wait for nothing, and jobs that run under a worker that is not known. */
final class Sweeping {

    private final MongoSession outside;
    private final Opened opened;

    Sweeping(Opened opened) {
        this.opened = opened;
        this.outside = new MongoSession(opened, null);
    }

    Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        if (!outside.sweep()
                .changeOne(
                        isPast(Fields.NEXT_AT),
                        List.of(set(new Document(Fields.NEXT_AT, after(NOW, interval.toMillis())))))) {
            return Optional.empty();
        }
        List<Job> unblocked = unblock(missed());
        List<Job> reaped = new Reaping(opened, limits).reap(unknownWorkers());
        return Optional.of(new Swept(unblocked, reaped, openTypes()));
    }

    /** The chains that are completed though jobs are still said to wait for them. */
    private List<Object> missed() {
        Document isCompletedLast = new Document(Fields.CONTINUED, false).append(Fields.STATUS, Status.COMPLETED.name());
        return Chains.ids(outside.jobs()
                .find(
                        match(new Document(Fields.STATUS, Status.BLOCKED.name())),
                        new Document("$unwind", value(Fields.OPEN_BLOCKERS)),
                        new Document("$group", new Document(Fields.ID, value(Fields.OPEN_BLOCKERS))),
                        new Document(
                                "$lookup",
                                new Document("from", outside.jobs().name())
                                        .append("localField", Fields.ID)
                                        .append("foreignField", Fields.CHAIN_ID)
                                        .append(
                                                "pipeline",
                                                List.of(match(isCompletedLast), project(new Document(Fields.ID, 1))))
                                        .append("as", "completed")),
                        match(new Document("completed", new Document("$ne", List.of()))),
                        project(new Document(Fields.ID, 1))));
    }

    private List<Job> unblock(List<Object> chains) {
        if (chains.isEmpty()) {
            return List.of();
        }
        Document waiting = Unblocking.waitFor(chains);
        List<Object> jobs = Chains.ids(outside.jobs().find(match(waiting), project(new Document(Fields.ID, 1))));
        return new PassingOver(opened)
                .change(jobs, waiting, Unblocking.unblock(chains)).stream()
                        .map(StoredJob::job)
                        .filter(job -> job.status() == Status.PENDING)
                        .toList();
    }

    private Set<Object> unknownWorkers() {
        Set<Object> workers = new HashSet<>(Chains.ids(outside.jobs()
                .find(
                        match(new Document(Fields.STATUS, Status.RUNNING.name())),
                        new Document("$group", new Document(Fields.ID, value(Fields.WORKER))))));
        workers.removeAll(Chains.ids(outside.workers().find(project(new Document(Fields.ID, 1)))));
        return workers;
    }

    private Set<String> openTypes() {
        List<String> open = List.of(Status.BLOCKED.name(), Status.PENDING.name(), Status.RUNNING.name());
        return outside
                .jobs()
                .find(
                        match(new Document(Fields.STATUS, in(open))),
                        new Document("$group", new Document(Fields.ID, value(Fields.TYPE))))
                .stream()
                .map(type -> type.getString(Fields.ID))
                .collect(Collectors.toSet());
    }
}
