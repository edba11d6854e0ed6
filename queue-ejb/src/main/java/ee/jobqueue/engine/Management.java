package ee.jobqueue.engine;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Priority;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What people do to chains, in the caller's transaction; told of after its commit. Refusals are asked for anew by each try of a
 * transaction that is repeated.
 */
final class Management {

    private final StoreAccess store;
    private final Telling telling;

    Management(StoreAccess store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    List<Job> cancel(List<ChainId> ids, Supplier<Refusals> refusals) {
        return store.joined(s -> {
            Cancelled cancelled = s.cancel(ids, refusals.get());
            List<Job> lastJobs = jobs(cancelled.lastJobs());
            telling.afterCommit(listener -> listener.chainsCancelled(lastJobs));
            telling.afterCommit(cancelled.resolved());
            return lastJobs;
        });
    }

    List<Job> retry(List<ChainId> ids, Supplier<Refusals> refusals) {
        return store.joined(s -> {
            List<Job> retried = jobs(s.retry(ids, refusals.get()));
            telling.afterCommit(listener -> listener.chainsRetried(retried));
            telling.afterCommit(Resolved.endedAmong(retried));
            return retried;
        });
    }

    List<Job> trigger(List<ChainId> ids) {
        return waiting(s -> s.trigger(ids));
    }

    List<Job> reschedule(List<ChainId> ids, Schedule schedule) {
        return waiting(s -> s.reschedule(ids, schedule));
    }

    List<Job> prioritize(List<ChainId> ids, int priority) {
        Priority.require(priority);
        return waiting(s -> s.prioritize(ids, priority));
    }

    private List<Job> waiting(Function<JobStore, List<StoredJob>> change) {
        return store.joined(s -> {
            List<Job> changed = jobs(change.apply(s));
            telling.afterCommit(listener -> listener.waitingChanged(changed));
            return changed;
        });
    }

    private static List<Job> jobs(List<StoredJob> lastJobs) {
        return lastJobs.stream().map(StoredJob::job).toList();
    }
}
