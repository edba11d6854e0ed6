package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.UpdateDescription;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Notifications;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What several changes of jobs mean to other servers. The server leaves out the others: acquiring, renewing, locking, and a
 * job that is continued by its own attempt.
 *
 * <p>An update tells the fields that were changed, and a small document that changed much comes as replaced, with all its
 * fields. A type or a chain is not among the changed fields; they are read afterwards, for all the changes at once.
 *
 * <p>Whoever completes a job from outside takes its worker away, an attempt that completes it leaves it there: that tells the
 * two apart. For use by one thread.
 */
final class Changes {

    private static final String UPDATED = "updateDescription.updatedFields.";
    private static final String REMOVED = "updateDescription.removedFields";
    private static final String FULL = "fullDocument.";
    private static final List<String> OVER = Arrays.stream(Status.values())
            .filter(Status::isOver)
            .map(Status::name)
            .toList();
    private static final List<String> TOLD = told();

    /** Which changes the server sends, and what of them. */
    static final List<Document> PIPELINE = List.of(
            match(new Document(
                    "$or",
                    List.of(
                            new Document("operationType", in(List.of("insert", "replace")))
                                    .append(FULL + Fields.STATUS, in(TOLD)),
                            operation("update")
                                    .append(UPDATED + Fields.STATUS, in(TOLD))
                                    .append(UPDATED + Fields.CONTINUED, new Document("$ne", true)),
                            operation("update").append(REMOVED, Fields.WORKER),
                            waitingChanged(Fields.SCHEDULED_AT),
                            waitingChanged(Fields.PRIORITY),
                            operation("delete")))),
            project(new Document("operationType", 1)
                    .append("documentKey", 1)
                    .append(FULL + Fields.TYPE, 1)
                    .append(FULL + Fields.CHAIN_ID, 1)
                    .append(FULL + Fields.STATUS, 1)
                    .append(FULL + Fields.CONTINUED, 1)
                    .append(FULL + Fields.WORKER, 1)
                    .append(UPDATED + Fields.STATUS, 1)
                    .append(UPDATED + Fields.CONTINUED, 1)
                    .append(REMOVED, 1)));

    private final Set<String> due = new HashSet<>();
    private final Set<ChainId> over = new HashSet<>();
    private final Set<JobId> lost = new HashSet<>();
    private final Set<Object> dueJobs = new HashSet<>();
    private final Set<Object> overJobs = new HashSet<>();

    void add(ChangeStreamDocument<Document> change) {
        Document job = change.getFullDocument();
        UpdateDescription update = change.getUpdateDescription();
        Object id = id(change);
        if (job != null) {
            written(id, job);
        } else if (update != null) {
            updated(id, update);
        } else { // deleted: a chain has the id of its first job
            over.add(Ids.chainId(id));
            lost.add(Ids.jobId(id));
        }
    }

    private void written(Object id, Document job) {
        Status status = JobDocument.status(job);
        if (status == Status.PENDING) {
            due.add(job.getString(Fields.TYPE));
        } else if (status.isOver() && !job.getBoolean(Fields.CONTINUED)) {
            over.add(Ids.chainId(job.get(Fields.CHAIN_ID)));
        }
        if (status == Status.CANCELLED || (status == Status.COMPLETED && job.get(Fields.WORKER) == null)) {
            lost.add(Ids.jobId(id));
        }
    }

    private void updated(Object id, UpdateDescription update) {
        Status status = status(update.getUpdatedFields());
        List<String> removed = update.getRemovedFields();
        boolean workerRemoved = removed != null && removed.contains(Fields.WORKER);
        if (status == Status.CANCELLED || workerRemoved) {
            lost.add(Ids.jobId(id));
        }
        if (status == null || status == Status.PENDING) {
            dueJobs.add(id);
        } else if (!update.getUpdatedFields().containsKey(Fields.CONTINUED)) {
            overJobs.add(id);
        }
    }

    /** Reads what the changes did not tell, and returns what they mean. */
    Notifications read(MongoCollection<Document> jobs) {
        Set<Object> unknown = new HashSet<>(dueJobs);
        unknown.addAll(overJobs);
        if (!unknown.isEmpty()) {
            jobs.find(new Document(Fields.ID, in(unknown)))
                    .projection(new Document(Fields.TYPE, 1).append(Fields.CHAIN_ID, 1))
                    .forEach(this::known);
        }
        return new Notifications(due, over, lost);
    }

    private void known(Document job) {
        Object id = job.get(Fields.ID);
        if (dueJobs.contains(id)) {
            due.add(job.getString(Fields.TYPE));
        }
        if (overJobs.contains(id)) {
            over.add(Ids.chainId(job.get(Fields.CHAIN_ID)));
        }
    }

    private static Object id(ChangeStreamDocument<Document> change) {
        BsonDocument key = change.getDocumentKey();
        if (key == null) {
            throw new IllegalStateException("a change of no document: " + change.getOperationTypeString());
        }
        BsonValue id = key.get(Fields.ID);
        return id.isObjectId() ? id.asObjectId().getValue() : id.asString().getValue();
    }

    private static @Nullable Status status(BsonDocument updatedFields) {
        BsonString status = updatedFields.isString(Fields.STATUS) ? updatedFields.getString(Fields.STATUS) : null;
        return status == null ? null : Status.valueOf(status.getValue());
    }

    private static Document operation(String name) {
        return new Document("operationType", name);
    }

    /** A waiting job was triggered, rescheduled or given another priority. */
    private static Document waitingChanged(String field) {
        return operation("update")
                .append(UPDATED + field, new Document("$exists", true))
                .append(UPDATED + Fields.STATUS, new Document("$exists", false));
    }

    private static List<String> told() {
        List<String> told = new ArrayList<>(OVER);
        told.add(Status.PENDING.name());
        return List.copyOf(told);
    }
}
