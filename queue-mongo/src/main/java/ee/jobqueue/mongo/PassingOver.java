package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.set;

import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * Changes jobs outside any transaction, and passes over those that a transaction holds.
 *
 * <p>Such a write waits for the transaction, and MongoDB has no way to skip: one held job of ten keeps the other nine
 * waiting. So all are changed by one operation with a short limit of time, and only when that was over, each by one of its
 * own. What was changed is known by a mark, which also tells of changes whose answer came too late.
 */
final class PassingOver {

    /** For all jobs together; far more than they take when nothing is held. */
    private static final long ALL_MILLIS = 200;

    /** For one job. */
    private static final long ONE_MILLIS = 100;

    private final Opened opened;
    private final MongoSession outside;

    PassingOver(Opened opened) {
        this.opened = opened;
        this.outside = new MongoSession(opened, null);
    }

    /** Changes those of the jobs that are free and fulfil a condition; answers them as they are then. */
    List<StoredJob> change(List<Object> jobs, Document condition, List<Document> change) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        ObjectId mark = new ObjectId();
        List<Document> marking = new ArrayList<>(change);
        marking.add(set(new Document(Fields.MARK, literal(mark))));
        Document changed = new Document(Fields.ID, in(jobs)).append(Fields.MARK, mark);
        if (!isChanged(ALL_MILLIS, with(new Document(Fields.ID, in(jobs)), condition), marking)) {
            Set<Object> left = new HashSet<>(jobs);
            outside.jobs().find(match(changed)).forEach(job -> left.remove(job.get(Fields.ID)));
            // what a transaction holds is passed over; whoever passes over it comes by again
            left.forEach(job -> isChanged(ONE_MILLIS, with(new Document(Fields.ID, job), condition), marking));
        }
        return outside.jobs(match(changed));
    }

    private boolean isChanged(long millis, Document filter, List<Document> change) {
        return opened.shortWrites()
                .change(opened.jobs(), millis, filter, change)
                .isPresent();
    }

    private static Document with(Document ids, Document condition) {
        ids.putAll(condition);
        return ids;
    }
}
