package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.spi.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Locks chains for callers from outside: the chains' rows in id order, then their last jobs, read after the lock. */
final class ChainLocks {

    private static final Map<String, Class<?>> CHAIN = Map.of("id", UUID.class, "awaited", Boolean.class);

    private final SqlSession session;
    private final Set<UUID> awaited = new HashSet<>();

    ChainLocks(SqlSession session) {
        this.session = session;
    }

    /** The last jobs in the order of the chains; a chain that is named twice counts once. */
    List<StoredJob> lock(Collection<ChainId> ids) {
        Map<UUID, ChainId> chains = new LinkedHashMap<>();
        ids.forEach(id -> chains.putIfAbsent(Ids.of(id), id));
        Set<UUID> locked = new HashSet<>();
        session.statement(ManagingStatements.LOCK_CHAINS)
                .set("chains", chains.keySet().toArray(UUID[]::new))
                .tuples(CHAIN)
                .forEach(row -> {
                    locked.add(row.get("id", UUID.class));
                    if (Boolean.TRUE.equals(row.get("awaited", Boolean.class))) {
                        awaited.add(row.get("id", UUID.class));
                    }
                });
        chains.forEach((id, chain) -> {
            if (!locked.contains(id)) {
                throw new ChainNotFoundException(chain);
            }
        });
        Map<UUID, StoredJob> lastJobs = lockLastJobs(locked);
        return chains.keySet().stream().map(lastJobs::get).toList();
    }

    /** The chains that were locked here and for which somebody waits. */
    Set<UUID> awaited() {
        return awaited;
    }

    /** A last job may be continued while its lock is waited for; then it is not the last any more. */
    private Map<UUID, StoredJob> lockLastJobs(Set<UUID> chains) {
        Map<UUID, StoredJob> lastJobs = new HashMap<>();
        Set<UUID> left = new LinkedHashSet<>(chains);
        while (!left.isEmpty()) {
            for (StoredJob last : session.statement(ManagingStatements.LOCK_LAST_JOBS)
                    .set("chains", left.toArray(UUID[]::new))
                    .jobs()) {
                lastJobs.put(Ids.of(last.job().chainId()), last);
            }
            left.removeAll(lastJobs.keySet());
        }
        return lastJobs;
    }
}
