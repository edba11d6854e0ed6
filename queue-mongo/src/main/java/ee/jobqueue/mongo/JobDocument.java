package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Fields.ACQUIRED_AT;
import static ee.jobqueue.mongo.Fields.ATTEMPT;
import static ee.jobqueue.mongo.Fields.BLOCKED;
import static ee.jobqueue.mongo.Fields.CHAIN_ID;
import static ee.jobqueue.mongo.Fields.CHAIN_STARTED_AT;
import static ee.jobqueue.mongo.Fields.CHAIN_TYPE;
import static ee.jobqueue.mongo.Fields.CONFLICTS;
import static ee.jobqueue.mongo.Fields.CREATED_AT;
import static ee.jobqueue.mongo.Fields.ENDED_AT;
import static ee.jobqueue.mongo.Fields.FAILURES;
import static ee.jobqueue.mongo.Fields.ID;
import static ee.jobqueue.mongo.Fields.INPUT;
import static ee.jobqueue.mongo.Fields.LAST_ERROR;
import static ee.jobqueue.mongo.Fields.OUTPUT;
import static ee.jobqueue.mongo.Fields.POSITION;
import static ee.jobqueue.mongo.Fields.PRIORITY;
import static ee.jobqueue.mongo.Fields.READ_AT;
import static ee.jobqueue.mongo.Fields.SCHEDULED_AT;
import static ee.jobqueue.mongo.Fields.STATUS;
import static ee.jobqueue.mongo.Fields.TYPE;
import static ee.jobqueue.mongo.Fields.WORKER;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads a job from its document, which was read together with the server's time. */
final class JobDocument {

    private JobDocument() {}

    static StoredJob toStored(Document job) {
        return new StoredJob(
                toJob(job),
                job.getString(INPUT),
                job.getString(OUTPUT),
                job.getInteger(CONFLICTS),
                job.getBoolean(BLOCKED));
    }

    /** The same, of a job that was written when the server's clock showed {@code now}. */
    static StoredJob justWritten(Document job, Instant now) {
        return toStored(new Document(job).append(READ_AT, Date.from(now)));
    }

    static Status status(Document job) {
        return Status.valueOf(job.getString(STATUS));
    }

    /** How a chain ended, by its last job; {@code null} while it is open. */
    static @Nullable Status end(Document last) {
        Status status = status(last);
        return status.isOver() ? status : null;
    }

    static Instant time(Document document, String field) {
        return document.get(field, Date.class).toInstant();
    }

    private static Job toJob(Document job) {
        Status status = status(job);
        Instant scheduledAt = time(job, SCHEDULED_AT);
        Object worker = job.get(WORKER);
        return new Job(
                Ids.jobId(job.get(ID)),
                Ids.chainId(job.get(CHAIN_ID)),
                job.getString(CHAIN_TYPE),
                time(job, CHAIN_STARTED_AT),
                job.getString(TYPE),
                job.getInteger(POSITION),
                status,
                status == Status.PENDING && scheduledAt.isAfter(time(job, READ_AT)),
                job.getInteger(PRIORITY),
                job.getInteger(ATTEMPT),
                job.getInteger(FAILURES),
                time(job, CREATED_AT),
                scheduledAt,
                timeOrNull(job, ACQUIRED_AT),
                timeOrNull(job, ENDED_AT),
                worker == null ? null : Ids.text(worker),
                job.getString(LAST_ERROR));
    }

    private static @Nullable Instant timeOrNull(Document document, String field) {
        Date time = document.get(field, Date.class);
        return time == null ? null : time.toInstant();
    }
}
