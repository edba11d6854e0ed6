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
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.Resolved;
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

    Cancelled cancel(List<ChainId> ids, Refusals refusals) {
        List<StoredJob> lastJobs = read(ids, refusals).stream()
                .filter(last -> isCancelled(last.job(), refusals))
                .toList();
        if (lastJobs.isEmpty()) {
            return new Cancelled(List.of(), Resolved.NONE);
        }
        List<StoredJob> cancelled = changed(
                lastJobs,
                Transition.CANCEL,
                new Document(Fields.STATUS, Status.CANCELLED.name())
                        .append(Fields.ENDED_AT, NOW)
                        .append(Fields.CONFLICTS, 0));
        List<ChainId> chains =
                lastJobs.stream().map(last -> last.job().chainId()).toList();
        return new Cancelled(cancelled, new Finishing(session, provider).resolve(Ids.of(chains), Resolving::after));
    }

    private static boolean isCancelled(Job job, Refusals refusals) {
        if (!Transition.CANCEL.isAllowedFrom(job.status())) {
            refusals.refuse(job.chainId(), new AlreadyOverException(job.id(), job.status()));
            return false;
        }
        return refusals.isMeant(job);
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
        List<StoredJob> lastJobs = read(ids, Refusals.THROW);
        for (StoredJob last : lastJobs) {
            Job job = last.job();
            if (!transition.isAllowedFrom(job.status())) {
                throw new NotTriggerableException(job.id(), job.status());
            }
        }
        return lastJobs;
    }

    private List<StoredJob> read(List<ChainId> ids, Refusals refusals) {
        return Chains.read(session, ids, refusals).values().stream()
                .map(JobDocument::toStored)
                .toList();
    }

    private List<StoredJob> changed(List<StoredJob> lastJobs, Transition transition, Document change) {
        return changed(
                session,
                lastJobs,
                session.jobs().changeAll(allowed(in(ids(lastJobs)), transition), List.of(set(change))));
    }

    /** Last jobs, while they may still be changed as they were judged. */
    static Document allowed(Object ids, Transition transition) {
        return new Document(Fields.ID, ids)
                .append(Fields.CONTINUED, false)
                .append(
                        Fields.STATUS,
                        in(transition.from().stream().map(Status::name).toList()));
    }

    /** The last jobs as they are after a change, of which it is known how many it changed. */
    static List<StoredJob> changed(MongoSession session, List<StoredJob> lastJobs, long count) {
        if (count < lastJobs.size()) { // without transactions only
            throw new StoreUnavailableException(
                    "a chain was changed by somebody else in between",
                    true,
                    new IllegalStateException("fewer jobs were changed than were read: " + lastJobs.size()));
        }
        Map<JobId, StoredJob> changed = session.jobs(match(new Document(Fields.ID, in(ids(lastJobs))))).stream()
                .collect(Collectors.toMap(stored -> stored.job().id(), Function.identity()));
        return lastJobs.stream().map(last -> changed.get(last.job().id())).toList();
    }

    private static List<Object> ids(List<StoredJob> lastJobs) {
        return lastJobs.stream().map(last -> Ids.of(last.job().id())).toList();
    }
}
