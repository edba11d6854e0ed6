package ee.jobqueue.engine;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.spi.Refusals;
import java.util.List;
import java.util.Set;

/** Deletes chains in the caller's transaction and tells of them after its commit. */
final class Deleting {

    private final StoreAccess store;
    private final Telling telling;

    Deleting(StoreAccess store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    List<Job> delete(Set<ChainId> named, Cascade cascade, Refusals refusals) {
        if (named.isEmpty()) {
            return List.of();
        }
        return store.joined(s -> {
            List<Job> lastJobs = s.delete(named, cascade, refusals);
            telling.afterCommit(listener -> listener.chainsDeleted(lastJobs));
            return lastJobs;
        });
    }
}
