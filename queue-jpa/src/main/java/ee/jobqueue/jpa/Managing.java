package ee.jobqueue.jpa;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The room where chains are changed by people. Each verb locks the chains, judges all of them by what it read under the
 * lock, and changes them by one statement.
 */
final class Managing {

    private final SqlSession session;

    Managing(SqlSession session) {
        this.session = session;
    }

    Cancelled cancel(List<ChainId> ids, Refusals refusals) {
        ChainLocks locks = new ChainLocks(session);
        List<StoredJob> lastJobs = locks.lock(ids, refusals).stream()
                .filter(last -> isCancelled(last.job(), refusals))
                .toList();
        if (lastJobs.isEmpty()) {
            return new Cancelled(List.of(), Resolved.NONE);
        }
        List<StoredJob> cancelled =
                changed(session.statement(ManagingStatements.CANCEL).set("jobs", withChainRows(lastJobs)), lastJobs);
        Set<UUID> awaited = new HashSet<>(locks.awaited());
        awaited.retainAll(
                lastJobs.stream().map(last -> Ids.of(last.job().chainId())).toList());
        return new Cancelled(cancelled, new Resolving(session).after(awaited));
    }

    private static boolean isCancelled(Job job, Refusals refusals) {
        if (!Transition.CANCEL.isAllowedFrom(job.status())) {
            refusals.refuse(job.chainId(), new AlreadyOverException(job.id(), job.status()));
            return false;
        }
        return refusals.isMeant(job);
    }

    List<StoredJob> trigger(List<ChainId> ids) {
        List<StoredJob> lastJobs = lockPending(ids, Transition.TRIGGER);
        return changed(session.statement(ManagingStatements.TRIGGER).set("jobs", ids(lastJobs)), lastJobs);
    }

    List<StoredJob> reschedule(List<ChainId> ids, Schedule schedule) {
        List<StoredJob> lastJobs = lockPending(ids, Transition.RESCHEDULE_FROM_OUTSIDE);
        Statement reschedule = session.statement(ManagingStatements.RESCHEDULE)
                .set("jobs", ids(lastJobs))
                .set(DueTime.of(schedule));
        return changed(reschedule, lastJobs);
    }

    List<StoredJob> prioritize(List<ChainId> ids, int priority) {
        List<StoredJob> lastJobs = lockPending(ids, Transition.PRIORITIZE);
        Statement prioritize = session.statement(ManagingStatements.PRIORITIZE)
                .set("jobs", ids(lastJobs))
                .set("priority", priority);
        return changed(prioritize, lastJobs);
    }

    private List<StoredJob> lockPending(List<ChainId> ids, Transition transition) {
        List<StoredJob> lastJobs = new ChainLocks(session).lock(ids);
        for (StoredJob last : lastJobs) {
            Job job = last.job();
            if (!transition.isAllowedFrom(job.status())) {
                throw new NotTriggerableException(job.id(), job.status());
            }
        }
        return lastJobs;
    }

    private static UUID[] ids(List<StoredJob> lastJobs) {
        return lastJobs.stream().map(last -> Ids.of(last.job().id())).toArray(UUID[]::new);
    }

    /** The ids of last jobs and of their chains' rows. */
    static UUID[] withChainRows(List<StoredJob> lastJobs) {
        return lastJobs.stream()
                .flatMap(last ->
                        Stream.of(Ids.of(last.job().id()), Ids.of(last.job().chainId())))
                .distinct()
                .toArray(UUID[]::new);
    }

    /** Executes the change, and answers the last jobs as they are after it. */
    static List<StoredJob> changed(Statement change, List<StoredJob> lastJobs) {
        Map<JobId, StoredJob> changed = change.jobs().stream()
                .collect(Collectors.toMap(stored -> stored.job().id(), Function.identity()));
        return lastJobs.stream().map(last -> changed.get(last.job().id())).toList();
    }
}
