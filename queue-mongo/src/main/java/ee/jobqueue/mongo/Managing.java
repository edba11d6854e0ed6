package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.due;
import static ee.jobqueue.mongo.Expressions.earlier;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * The room where chains are changed by people. Each verb reads the last jobs of the chains, judges all of them, and changes
 * them by one operation.
 *
 * <p>What is judged is changed afterwards, in the same transaction, and so needs no lock before: if it is not any more what was
 * read, the change is a conflict.
 */
final class Managing {

    private final MongoSession session;
    private final MongoStateProvider provider;

    Managing(MongoSession session, MongoStateProvider provider) {
        this.session = session;
        this.provider = provider;
    }

    Cancelled cancel(List<ChainId> ids) {
        List<StoredJob> lastJobs = read(ids);
        for (StoredJob last : lastJobs) {
            Job job = last.job();
            if (!Transition.CANCEL.isAllowedFrom(job.status())) {
                throw new AlreadyOverException(job.id(), job.status());
            }
        }
        List<StoredJob> cancelled = changed(
                lastJobs,
                Transition.CANCEL,
                new Document(Fields.STATUS, Status.CANCELLED.name())
                        .append(Fields.ENDED_AT, NOW)
                        .append(Fields.CONFLICTS, 0));
        return new Cancelled(cancelled, new Finishing(session, provider).resolve(Ids.of(ids)));
    }

    List<StoredJob> trigger(List<ChainId> ids) {
        return changed(
                readPending(ids, Transition.TRIGGER),
                Transition.TRIGGER,
                new Document(Fields.SCHEDULED_AT, earlier(value(Fields.SCHEDULED_AT), NOW)));
    }

    List<StoredJob> reschedule(List<ChainId> ids, Schedule schedule) {
        return changed(
                readPending(ids, Transition.RESCHEDULE_FROM_OUTSIDE),
                Transition.RESCHEDULE_FROM_OUTSIDE,
                new Document(Fields.SCHEDULED_AT, due(DueTime.of(schedule))));
    }

    List<StoredJob> prioritize(List<ChainId> ids, int priority) {
        return changed(
                readPending(ids, Transition.PRIORITIZE),
                Transition.PRIORITIZE,
                new Document(Fields.PRIORITY, priority));
    }

    private List<StoredJob> readPending(List<ChainId> ids, Transition transition) {
        List<StoredJob> lastJobs = read(ids);
        for (StoredJob last : lastJobs) {
            Job job = last.job();
            if (!transition.isAllowedFrom(job.status())) {
                throw new NotTriggerableException(job.id(), job.status());
            }
        }
        return lastJobs;
    }

    /** Reads the last jobs, in the order of the chains, each once. */
    private List<StoredJob> read(List<ChainId> ids) {
        List<Object> chains = Ids.of(ids).stream().distinct().toList();
        Map<Object, Document> lastJobs = Chains.read(session, chains);
        return chains.stream()
                .map(chain -> {
                    Document last = lastJobs.get(chain);
                    if (last == null) {
                        throw new ChainNotFoundException(Ids.chainId(chain));
                    }
                    return JobDocument.toStored(last);
                })
                .toList();
    }

    private List<StoredJob> changed(List<StoredJob> lastJobs, Transition transition, Document change) {
        return changed(session, lastJobs, transition, List.of(set(change)));
    }

    /** Makes a change, and answers the last jobs as they are after it. */
    static List<StoredJob> changed(
            MongoSession session, List<StoredJob> lastJobs, Transition transition, List<Document> change) {
        Document jobs = new Document(
                Fields.ID,
                in(lastJobs.stream().map(last -> Ids.of(last.job().id())).toList()));
        Document allowed = new Document(jobs)
                .append(Fields.CONTINUED, false)
                .append(
                        Fields.STATUS,
                        in(transition.from().stream().map(Status::name).toList()));
        if (session.jobs().changeAll(allowed, change) < lastJobs.size()) { // without transactions only
            throw new StoreUnavailableException(
                    "a chain was changed by somebody else in between",
                    true,
                    new IllegalStateException("fewer jobs were changed than were read: " + lastJobs.size()));
        }
        Map<JobId, StoredJob> changed = session.jobs(match(jobs)).stream()
                .collect(Collectors.toMap(stored -> stored.job().id(), Function.identity()));
        return lastJobs.stream().map(last -> changed.get(last.job().id())).toList();
    }
}
