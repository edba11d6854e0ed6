package ee.jobqueue.engine;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.spi.Refusals;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Deletes chains in the caller's transaction and tells of them after its commit. Refusals are asked for anew by each try of a
 * transaction that is repeated.
 */
final class Deleting {

    private final StoreAccess store;
    private final Telling telling;

    Deleting(StoreAccess store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    List<Job> delete(Set<ChainId> named, Cascade cascade, Supplier<Refusals> refusals) {
        if (named.isEmpty()) {
            return List.of();
        }
        return store.joined(s -> {
            List<Job> lastJobs = s.delete(named, cascade, refusals.get());
            telling.afterCommit(listener -> listener.chainsDeleted(lastJobs));
            return lastJobs;
        });
    }
}
