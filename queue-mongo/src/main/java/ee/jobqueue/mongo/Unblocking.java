package ee.jobqueue.mongo;

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
import ee.jobqueue.Status;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * Unblocks those who wait for chains that are completed: takes the chains from the set of each job's open blockers, and the
 * job that has none left is due. One atomic change for each job, which does no harm when it is made twice.
 *
 * <p>It follows right after the commit, outside any transaction. Inside, a thousand chains for which one job waits would all
 * change that job, and all but one of those that run at once would end in a conflict. When it is lost, because the server
 * crashed in between or a transaction held the job for long, the sweep mends it.
 */
final class Unblocking {

    private static final System.Logger LOG = System.getLogger("ee.jobqueue");

    /** How long it waits for transactions that hold one of the jobs. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final Opened opened;
    private final MongoStateProvider provider;

    Unblocking(Opened opened, MongoStateProvider provider) {
        this.opened = opened;
        this.provider = provider;
    }

    /**
     * Unblocks after the commit of the current transaction, in which a chain is completed.
     *
     * @return the types of the jobs for which it is the last open blocker, as far as the transaction sees
     */
    Set<String> afterCommit(MongoSession session, Object chain) {
        Set<String> types = session
                .jobs()
                .find(match(waitFor(List.of(chain))), project(new Document(Fields.TYPE, 1).append(OPEN_BLOCKERS, 1)))
                .stream()
                .filter(job -> job.getList(OPEN_BLOCKERS, Object.class).size() == 1)
                .map(job -> job.getString(Fields.TYPE))
                .collect(Collectors.toSet());
        provider.afterCommit(() -> tryNow(chain));
        return types;
    }

    private void tryNow(Object chain) {
        try {
            opened.jobs()
                    .withTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .updateMany(waitFor(List.of(chain)), unblock(List.of(chain)));
        } catch (MongoException e) {
            LOG.log(
                    Level.WARNING,
                    "chain {0} is completed, but not all who wait for it could be told; the next sweep does it: {1}",
                    Ids.text(chain),
                    e);
        }
    }

    /** The jobs that wait for one of the chains, by the index over blockers. */
    static Document waitFor(Collection<?> chains) {
        return new Document(Fields.CHAIN_OF_BLOCKER, in(chains))
                .append(STATUS, Status.BLOCKED.name())
                .append(OPEN_BLOCKERS, in(chains));
    }

    /** Takes completed chains from what a blocked job waits for. */
    static List<Document> unblock(Collection<?> chains) {
        Document isFree = equal(value(OPEN_BLOCKERS), List.of());
        return List.of(
                set(new Document(
                        OPEN_BLOCKERS,
                        new Document("$setDifference", List.of(value(OPEN_BLOCKERS), literal(List.copyOf(chains)))))),
                set(new Document(STATUS, choose(isFree, Status.PENDING.name(), value(STATUS)))
                        .append(
                                SCHEDULED_AT,
                                choose(isFree, later(value(SCHEDULED_AT), Expressions.NOW), value(SCHEDULED_AT)))));
    }
}
