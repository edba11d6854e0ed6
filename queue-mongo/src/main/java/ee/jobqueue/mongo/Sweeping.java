package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.after;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.isPast;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Swept;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** The elected sweep: finds jobs that wait though it is decided what becomes of them, and jobs that run under a worker that is not known. */
final class Sweeping {

    private static final List<String> OVER = Arrays.stream(Status.values())
            .filter(Status::isOver)
            .map(Status::name)
            .toList();
    /** For the one document by which servers elect who sweeps. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final Document CHAIN = new Document(Fields.CHAIN_ID, 1);

    private final MongoSession outside;
    private final Opened opened;
    private final OwnTransaction transaction;

    Sweeping(Opened opened, OwnTransaction transaction) {
        this.opened = opened;
        this.transaction = transaction;
        this.outside = new MongoSession(opened, null);
    }

    Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        boolean isElected = opened.shortWrites()
                        .change(
                                opened.sweep(),
                                PATIENCE_MILLIS,
                                isPast(Fields.NEXT_AT),
                                List.of(set(new Document(Fields.NEXT_AT, after(NOW, interval.toMillis())))))
                        .orElse(0)
                == 1;
        if (!isElected) {
            return Optional.empty();
        }
        Resolved missed = transaction.resolve(missed(), Resolving::missed);
        Reaped reaped = new Reaping(opened, transaction, limits).reap(unknownWorkers());
        return Optional.of(new Swept(missed, reaped, openTypes()));
    }

    /** The jobs that are said to wait for a chain which is over; some of them go on waiting. */
    private List<Object> missed() {
        Set<Object> awaited = new HashSet<>(Chains.ids(outside.jobs()
                .find(
                        match(new Document(Fields.STATUS, Status.BLOCKED.name())),
                        new Document("$unwind", value(Fields.OPEN_BLOCKERS)),
                        new Document("$group", new Document(Fields.ID, value(Fields.OPEN_BLOCKERS))))));
        if (awaited.isEmpty()) {
            return List.of();
        }
        List<Object> over =
                outside
                        .jobs()
                        .find(match(Chains.areAmong(awaited).append(Fields.STATUS, in(OVER))), project(CHAIN))
                        .stream()
                        .map(last -> last.get(Fields.CHAIN_ID))
                        .toList();
        return Chains.ids(outside.jobs()
                .find(
                        match(new Document(Fields.CHAIN_OF_BLOCKER, in(over))
                                .append(Fields.STATUS, Status.BLOCKED.name())
                                .append(Fields.OPEN_BLOCKERS, in(over))),
                        project(new Document(Fields.ID, 1))));
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
