package ee.jobqueue.mongo;

import ee.jobqueue.Deduplication;
import ee.jobqueue.Priority;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Verdict;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A job that has its id and is not written yet.
 *
 * @param id its id, and its chain's when it is the first
 * @param job what is to be written
 */
record Draft(Object id, NewJob job) {

    /** With the id that its caller chose, or a new one of the driver. */
    static Draft of(NewJob job) {
        return new Draft(job.id() == null ? new ObjectId() : job.id().toString(), job);
    }

    boolean hasChosenId() {
        return job.id() != null;
    }

    /** Whether it has blockers, over or not: their outputs are read either way. */
    boolean isBlocked() {
        return !job.blockers().isEmpty();
    }

    /** Refuses ids of other chains that are none of this store. */
    void refuseInvalidIds() {
        Ids.of(job.blockers().chains());
        Deduplication deduplication = job.deduplication();
        if (deduplication != null) {
            Ids.of(deduplication.disregarded());
        }
    }

    /** Its document as the first job of a chain, written when the server's clock shows {@code now}. */
    Document first(BlockerChains blockers, Instant now) {
        Document document = document(blockers, now)
                .append(Fields.CHAIN_ID, id)
                .append(Fields.CHAIN_TYPE, job.type())
                .append(Fields.CHAIN_STARTED_AT, Date.from(now))
                .append(Fields.POSITION, 0)
                .append(Fields.AWAITED, false)
                .append(Fields.PRIORITY, priority(Priority.DEFAULT));
        return withKey(document, key());
    }

    /** Its document as the job after another, whose document tells about the chain. */
    Document after(Document previous, BlockerChains blockers, Instant now) {
        Document document = document(blockers, now)
                .append(Fields.CHAIN_ID, previous.get(Fields.CHAIN_ID))
                .append(Fields.CHAIN_TYPE, previous.get(Fields.CHAIN_TYPE))
                .append(Fields.CHAIN_STARTED_AT, previous.get(Fields.CHAIN_STARTED_AT))
                .append(Fields.POSITION, previous.getInteger(Fields.POSITION) + 1)
                .append(Fields.AWAITED, previous.get(Fields.AWAITED))
                .append(Fields.PRIORITY, priority(previous.getInteger(Fields.PRIORITY)));
        return withKey(document, previous.getString(Fields.DEDUPLICATION_KEY));
    }

    private Document document(BlockerChains blockers, Instant now) {
        Verdict verdict = blockers.verdict(this);
        Document document = new Document(Fields.ID, id)
                .append(Fields.CONTINUED, false)
                .append(Fields.TYPE, job.type())
                .append(Fields.STATUS, verdict.status().name())
                .append(Fields.INPUT, job.input())
                .append(Fields.ATTEMPT, 0)
                .append(Fields.FAILURES, 0)
                .append(Fields.CONFLICTS, 0)
                .append(Fields.BLOCKED, isBlocked())
                .append(Fields.CREATED_AT, Date.from(now))
                .append(
                        Fields.SCHEDULED_AT,
                        Date.from(DueTime.of(job.schedule()).from(now)));
        if (isBlocked()) {
            document.append(Fields.BLOCKERS, declared()).append(Fields.OPEN_BLOCKERS, blockers.openOf(this));
        }
        if (verdict.ends()) {
            document.append(Fields.ENDED_AT, Date.from(now)).append(Fields.LAST_ERROR, verdict.reason());
        }
        return document;
    }

    private List<Document> declared() {
        return job.blockers().inOrder().stream()
                .map(blocker -> new Document(Fields.CHAIN, Ids.of(blocker.chain()))
                        .append(Fields.ON_FAILURE, blocker.onFailure().name()))
                .toList();
    }

    private static Document withKey(Document document, @Nullable String key) {
        return key == null ? document : document.append(Fields.DEDUPLICATION_KEY, key);
    }

    private int priority(int otherwise) {
        Integer own = job.priority();
        return own == null ? otherwise : own;
    }

    private @Nullable String key() {
        Deduplication deduplication = job.deduplication();
        return deduplication == null ? null : deduplication.key();
    }
}
