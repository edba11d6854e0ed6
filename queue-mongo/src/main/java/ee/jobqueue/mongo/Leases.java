package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.isPast;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * The room of the workers' leases, each in the worker's own document, which no transaction touches but the one that
 * deletes it. A worker is dead when its document is gone: then it cannot renew its lease, whatever it believes.
 */
final class Leases {

    /** A renewal gives up after such a part of the lease when a transaction holds its document, so that there is time for more. */
    private static final int TRIES_IN_A_LEASE = 10;

    private static final long SHORTEST_PATIENCE_MILLIS = 200;

    private static final int MAX_TIME_EXPIRED = 50;

    private final MongoSession outside;
    private final OwnTransaction transaction;

    Leases(Opened opened, OwnTransaction transaction) {
        this.outside = new MongoSession(opened, null);
        this.transaction = transaction;
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
        long patience = Math.max(SHORTEST_PATIENCE_MILLIS, lease.toMillis() / TRIES_IN_A_LEASE);
        boolean kept = outside.opened()
                        .shortWrites()
                        .change(
                                outside.opened().workers(),
                                patience,
                                new Document(Fields.ID, id),
                                List.of(set(new Document(Fields.LEASE_UNTIL, after(lease)))))
                        .orElseThrow(Leases::held)
                == 1;
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

    /**
     * Forgets the workers whose lease is over, one by one, so that each is forgotten by one server; answers their ids. One whose
     * document is held is left for the next time.
     */
    List<Object> forget() {
        return Chains.ids(
                        outside.workers().find(match(isPast(Fields.LEASE_UNTIL)), project(new Document(Fields.ID, 1))))
                .stream()
                .filter(this::isForgotten)
                .toList();
    }

    private boolean isForgotten(Object worker) {
        Document over = new Document(Fields.ID, worker);
        over.putAll(isPast(Fields.LEASE_UNTIL));
        return isDeleted(over);
    }

    /** In a short transaction, since one of two that want a document ends at once, and a deletion outside would wait. */
    private boolean isDeleted(Document worker) {
        try {
            return transaction.run(session -> session.workers().deleteAll(worker)) == 1;
        } catch (MongoException e) {
            if (!MongoErrors.isConflict(e)) {
                throw e;
            }
            return false;
        }
    }

    /** What the server says of an operation that took too long. */
    private static MongoException held() {
        return new MongoExecutionTimeoutException(MAX_TIME_EXPIRED, "a transaction holds the worker's document");
    }

    void retire(WorkerId worker) {
        Object id = Ids.of(worker);
        boolean isIdle = outside.jobs()
                .find(match(runUnder(id)), limit(1), project(new Document(Fields.ID, 1)))
                .isEmpty();
        if (isIdle) {
            isDeleted(new Document(Fields.ID, id)); // while it is held it is left to its lease
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
