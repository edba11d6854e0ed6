package ee.jobqueue.engine;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes chains in the caller's transaction and tells of them after its commit. */
final class Deleting {

    private final StoreAccess store;
    private final Telling telling;

    Deleting(StoreAccess store, Telling telling) {
        this.store = store;
        this.telling = telling;
    }

    Set<ChainId> delete(Collection<ChainId> chains, Cascade cascade) {
        Set<ChainId> named = Set.copyOf(chains);
        if (named.isEmpty()) {
            return Set.of();
        }
        return store.joined(s -> {
            List<Job> lastJobs = s.delete(named, cascade);
            telling.afterCommit(listener -> listener.chainsDeleted(lastJobs));
            return lastJobs.stream().map(Job::chainId).collect(Collectors.toUnmodifiableSet());
        });
    }
}
