package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.choose;
import static ee.jobqueue.mongo.Expressions.equal;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.increased;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;

/**
 * Puts back the jobs of workers that are not known any more, or fails them. A job that a transaction holds is passed over,
 * since its attempt, or a caller from outside, is just writing it; if that comes to nothing, the sweep finds the job.
 */
final class Reaping {

    private static final String LEASE_OVER = "the lease of its worker was over";

    private final Opened opened;
    private final OwnTransaction transaction;
    private final AttemptLimits limits;

    Reaping(Opened opened, OwnTransaction transaction, AttemptLimits limits) {
        this.opened = opened;
        this.transaction = transaction;
        this.limits = limits;
    }

    /** Reaps what runs under these workers, by the index over running jobs. */
    Reaped reap(Collection<?> workers) {
        if (workers.isEmpty()) {
            return Reaped.NONE;
        }
        Document running = new Document(Fields.STATUS, Status.RUNNING.name()).append(Fields.WORKER, in(workers));
        List<Object> ids = Chains.ids(
                new MongoSession(opened, null).jobs().find(match(running), project(new Document(Fields.ID, 1))));
        List<Job> jobs = new PassingOver(opened)
                .change(ids, running, List.of(set(change()))).stream()
                        .map(StoredJob::job)
                        .toList();
        List<Object> failed = jobs.stream()
                .filter(job -> job.status() == Status.FAILED)
                .<Object>map(job -> Ids.of(job.chainId()))
                .toList();
        return new Reaped(jobs, transaction.resolve(failed, Resolving::after));
    }

    private Document change() {
        Document isUsedUp = new Document("$gte", List.of(increased(Fields.FAILURES), most()));
        return new Document(Fields.STATUS, choose(isUsedUp, Status.FAILED.name(), Status.PENDING.name()))
                .append(Fields.ENDED_AT, choose(isUsedUp, NOW, "$$REMOVE"))
                .append(Fields.SCHEDULED_AT, choose(isUsedUp, value(Fields.SCHEDULED_AT), NOW))
                .append(Fields.FAILURES, increased(Fields.FAILURES))
                .append(Fields.CONFLICTS, 0)
                .append(Fields.LAST_ERROR, LEASE_OVER);
    }

    /** The limit of a job's type. */
    private Object most() {
        List<Document> branches = new ArrayList<>();
        limits.byType()
                .forEach((type, limit) -> branches.add(
                        new Document("case", equal(value(Fields.TYPE), literal(type))).append("then", most(limit))));
        return branches.isEmpty()
                ? most(limits.byDefault())
                : new Document(
                        "$switch", new Document("branches", branches).append("default", most(limits.byDefault())));
    }

    /** Zero stands for no limit. */
    private static int most(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}
