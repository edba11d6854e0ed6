package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.isPast;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;

import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The room of the workers' leases, each in the worker's own document, which no transaction ever touches. A worker is dead
 * when its document is gone: then it cannot renew its lease, whatever it believes.
 */
final class Leases {

    private final MongoSession outside;

    Leases(Opened opened) {
        this.outside = new MongoSession(opened, null);
    }

    WorkerId register(NewWorker worker, Duration lease) {
        ObjectId id = new ObjectId();
        Document told = new Document(Fields.NAME, literal(worker.name()))
                .append(Fields.TYPES, literal(worker.types().stream().sorted().toList()))
                .append(Fields.CONCURRENCY, worker.concurrency())
                .append(Fields.STARTED_AT, NOW)
                .append(Fields.LEASE_UNTIL, after(lease));
        outside.opened()
                .workers()
                .updateOne(new Document(Fields.ID, id), List.of(set(told)), new UpdateOptions().upsert(true));
        return new WorkerId(id.toHexString());
    }

    Renewal renew(WorkerId worker, Duration lease) {
        Object id = Ids.of(worker);
        boolean kept = outside.workers()
                .changeOne(new Document(Fields.ID, id), List.of(set(new Document(Fields.LEASE_UNTIL, after(lease)))));
        Document othersOver = new Document(Fields.ID, new Document("$ne", id));
        othersOver.putAll(isPast(Fields.LEASE_UNTIL));
        return new Renewal(
                kept,
                !outside.workers()
                        .find(match(othersOver), limit(1), project(new Document(Fields.ID, 1)))
                        .isEmpty());
    }

    List<Token> running(WorkerId worker) {
        return outside.jobs().find(match(runUnder(Ids.of(worker))), project(new Document(Fields.ATTEMPT, 1))).stream()
                .map(job -> new Token(Ids.jobId(job.get(Fields.ID)), worker, job.getInteger(Fields.ATTEMPT)))
                .toList();
    }

    /** Forgets the workers whose lease is over, one by one, so that each is forgotten by one server; answers their ids. */
    List<Object> forget() {
        List<Object> forgotten = new ArrayList<>();
        for (Document dead = forgetOne(); dead != null; dead = forgetOne()) {
            forgotten.add(dead.get(Fields.ID));
        }
        return forgotten;
    }

    private @Nullable Document forgetOne() {
        return outside.workers().deleteOne(isPast(Fields.LEASE_UNTIL));
    }

    void retire(WorkerId worker) {
        Object id = Ids.of(worker);
        boolean isIdle = outside.jobs()
                .find(match(runUnder(id)), limit(1), project(new Document(Fields.ID, 1)))
                .isEmpty();
        if (isIdle) {
            outside.workers().deleteAll(new Document(Fields.ID, id));
        }
    }

    /** By the index over running jobs. */
    private static Document runUnder(Object worker) {
        return new Document(Fields.STATUS, Status.RUNNING.name()).append(Fields.WORKER, worker);
    }

    private static Document after(Duration lease) {
        return Expressions.after(NOW, lease.toMillis());
    }
}
