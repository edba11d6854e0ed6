package ee.jobqueue.mongo;

import com.mongodb.client.ClientSession;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The collections in the session of a transaction, or outside of any. Lives as long as one verb; not for use by several
 * threads.
 */
final class MongoSession {

    private final Opened opened;
    private final @Nullable ClientSession session;

    MongoSession(Opened opened, @Nullable ClientSession session) {
        this.opened = opened;
        this.session = session;
    }

    Opened opened() {
        return opened;
    }

    /**
     * Sees to it that what is written belongs to a transaction, where there are any. One that timed out is rolled back
     * behind the thread's back, and what the thread wrote then would stay by itself.
     */
    void requireTransaction(String verb) {
        if (session == null && opened.hasTransactions()) {
            throw new IllegalStateException(
                    verb + " needs a transaction, and there is none, or it is over already; it may have timed out");
        }
    }

    Documents jobs() {
        return new Documents(opened.jobs(), session);
    }

    Documents keys() {
        return new Documents(opened.keys(), session);
    }

    Documents workers() {
        return new Documents(opened.workers(), session);
    }

    /** Reads jobs by a pipeline. */
    List<StoredJob> jobs(Bson... stages) {
        return jobs().find(stages).stream().map(JobDocument::toStored).toList();
    }

    /** A change that only locks: whoever changed the document since this transaction began conflicts with it. */
    static Document touch() {
        return new Document(Fields.MARK, new ObjectId());
    }
}
