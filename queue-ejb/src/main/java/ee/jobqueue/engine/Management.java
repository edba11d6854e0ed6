package ee.jobqueue.engine;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.spi.StoredJob;
import java.util.List;

/** What people do to chains, in the caller's transaction; told of after its commit. */
final class Management {

    private final StoreAccess store;
    private final Telling telling;

    Management(StoreAccess store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    List<Job> cancel(List<ChainId> ids) {
        return store.joined(s -> {
            List<Job> cancelled = jobs(s.cancel(ids));
            telling.afterCommit(listener -> listener.chainsCancelled(cancelled));
            return cancelled;
        });
    }

    Job retry(ChainId id) {
        return store.joined(s -> {
            Job retried = s.retry(id).job();
            telling.afterCommit(listener -> listener.chainRetried(retried));
            return retried;
        });
    }

    private static List<Job> jobs(List<StoredJob> lastJobs) {
        return lastJobs.stream().map(StoredJob::job).toList();
    }
}
