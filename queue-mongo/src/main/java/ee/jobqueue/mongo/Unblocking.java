package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.choose;
import static ee.jobqueue.mongo.Expressions.equal;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.later;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.OPEN_BLOCKERS;
import static ee.jobqueue.mongo.Fields.SCHEDULED_AT;
import static ee.jobqueue.mongo.Fields.STATUS;
import static ee.jobqueue.mongo.Fields.value;

import com.mongodb.MongoException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;

/**
 * Tells those who wait that chains are over, right after the commit and outside any transaction: takes the chains from the set
 * of each job's open blockers, and the job that has none left is due. One atomic change for each job, which does no harm when it is
 * made twice.
 *
 * <p>When it is lost, because the server crashed in between or a transaction held the job for long, the sweep mends it.
 */
final class Unblocking {

    private static final System.Logger LOG = QueueLog.logger();

    private static final String NOT_ALL =
            "not all who wait for {0} could be told that these chains are over; the next sweep does it: ";

    /** How long it waits for transactions that hold one of the jobs; once for all chains. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final Opened opened;

    Unblocking(Opened opened) {
        this.opened = opened;
    }

    /** Tells of chains, those that are not over excepted. */
    void tell(Collection<Object> chains) {
        if (chains.isEmpty()) {
            return;
        }
        try {
            List<Object> completed = new ArrayList<>();
            List<Object> failed = new ArrayList<>();
            new MongoSession(opened, null)
                    .jobs()
                    .find(match(Chains.areAmong(chains)), project(new Document(Fields.CHAIN_ID, 1).append(STATUS, 1)))
                    .forEach(last -> {
                        Status end = JobDocument.end(last);
                        if (end != null) {
                            (end == Status.COMPLETED ? completed : failed).add(last.get(Fields.CHAIN_ID));
                        }
                    });
            boolean isHeld = !take(completed, new Document(Fields.CHAIN_OF_BLOCKER, in(completed)));
            for (int i = 0; i < failed.size() && !isHeld; i++) {
                Document edge =
                        new Document(Fields.CHAIN, failed.get(i)).append(Fields.ON_FAILURE, OnFailure.RUN.name());
                isHeld = !take(List.of(failed.get(i)), new Document(Fields.BLOCKERS, new Document("$elemMatch", edge)));
            }
            if (isHeld) {
                LOG.log(Level.WARNING, NOT_ALL + "a transaction holds one of them", texts(chains));
            }
        } catch (MongoException e) {
            LOG.log(Level.WARNING, NOT_ALL + "{1}", texts(chains), e);
        }
    }

    /** Answers false when a transaction holds one of those who wait. */
    private boolean take(List<Object> chains, Document waiting) {
        Document telling = waiting.append(STATUS, Status.BLOCKED.name()).append(OPEN_BLOCKERS, in(chains));
        return chains.isEmpty()
                || opened.shortWrites()
                        .change(opened.jobs(), PATIENCE_MILLIS, telling, without(chains))
                        .isPresent();
    }

    private static List<String> texts(Collection<Object> chains) {
        return chains.stream().map(Ids::text).toList();
    }

    private static List<Document> without(List<Object> chains) {
        Document isFree = equal(value(OPEN_BLOCKERS), List.of());
        return List.of(
                set(new Document(
                        OPEN_BLOCKERS, new Document("$setDifference", List.of(value(OPEN_BLOCKERS), literal(chains))))),
                set(new Document(STATUS, choose(isFree, Status.PENDING.name(), value(STATUS)))
                        .append(SCHEDULED_AT, choose(isFree, later(value(SCHEDULED_AT), NOW), value(SCHEDULED_AT)))));
    }
}
