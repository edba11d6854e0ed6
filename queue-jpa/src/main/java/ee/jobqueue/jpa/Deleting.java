package ee.jobqueue.jpa;

import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import jakarta.persistence.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The room where chains are deleted because somebody says so: lock the keys, the chains and their last jobs, judge, delete.
 *
 * <p>A chain's row is locked by whoever wants to wait for it, and its last job by whoever continues it. Once both are
 * locked the chain has no new job and nobody new who waits, and what a statement reads then is final.
 */
final class Deleting {

    private static final Map<String, Class<?>> KEY_OF_CHAIN =
            Map.of("chain_type", String.class, "deduplication_key", String.class, "id", UUID.class);

    private static final Comparator<Job> IN_CHAIN_ORDER =
            Comparator.comparing(job -> job.chainId().value());
    private static final Map<String, Class<?>> EDGE = Map.of("id", UUID.class, "chain_id", UUID.class);

    private final SqlSession session;
    private final Cascade cascade;
    private final Refusals refusals;
    /** The blockers of each chain that was looked at, in a cascade. */
    private final Map<UUID, Set<UUID>> blockers = new HashMap<>();
    /** The locked keys, each with one of its chains. */
    private final SortedMap<Key, UUID> keys = new TreeMap<>();
    /** The last jobs of the locked chains, read under the locks. */
    private final Map<UUID, Job> lastJobs = new HashMap<>();

    Deleting(SqlSession session, Cascade cascade, Refusals refusals) {
        this.session = session;
        this.cascade = cascade;
        this.refusals = refusals;
    }

    List<Job> delete(Set<ChainId> chains) {
        Set<UUID> named = new TreeSet<>(List.of(Ids.of(chains)));
        Set<UUID> locked = Set.of();
        Set<UUID> all = withBlockers(named);
        while (!locked.containsAll(all)) { // a continuation may have brought a blocker while the locks were waited for
            lock(all);
            named.removeIf(this::isMissing);
            locked = all;
            all = withBlockers(named);
        }
        named.removeIf(chain -> !refusals.isMeant(lastJobs.get(chain)));
        refuseReferences(named);
        Set<UUID> deleted = along(named);
        if (!deleted.isEmpty()) {
            retireIds(deleted);
            delete(session, deleted.toArray(UUID[]::new), keys.keySet());
        }
        return lastJobs.values().stream()
                .filter(last -> deleted.contains(Ids.of(last.chainId())))
                .sorted(IN_CHAIN_ORDER)
                .toList();
    }

    /** Reads the chains for which any job of the chains waits or waited, where they are asked for, and theirs in turn. */
    private Set<UUID> withBlockers(Set<UUID> named) {
        blockers.clear();
        Set<UUID> all = new HashSet<>(named);
        Set<UUID> level = cascade == Cascade.BLOCKERS ? named : Set.of();
        while (!level.isEmpty()) {
            Set<UUID> next = new HashSet<>();
            for (Tuple edge : session.statement(DeletionStatements.BLOCKERS_OF)
                    .set("chains", level.toArray(UUID[]::new))
                    .tuples(EDGE)) {
                UUID blocker = edge.get("chain_id", UUID.class);
                blockers.computeIfAbsent(edge.get("id", UUID.class), chain -> new HashSet<>())
                        .add(blocker);
                next.add(blocker);
            }
            next.removeAll(all);
            all.addAll(next);
            level = next;
        }
        return all;
    }

    /** The chains, and what {@link #withBlockers} has read of their blockers. */
    private Set<UUID> along(Set<UUID> chains) {
        Set<UUID> all = new HashSet<>();
        Deque<UUID> open = new ArrayDeque<>(chains);
        while (!open.isEmpty()) {
            UUID chain = open.remove();
            if (all.add(chain)) {
                open.addAll(blockers.getOrDefault(chain, Set.of()));
            }
        }
        return all;
    }

    /** Locks what there is of the chains, and notes their last jobs. */
    private void lock(Set<UUID> chains) {
        UUID[] all = chains.toArray(UUID[]::new);
        keysOf(session, all).forEach((chain, ofChain) -> ofChain.forEach(key -> keys.put(key, chain)));
        session.dialect().lockKeys(session, keys);
        UUID[] there = session.statement(Statements.LOCK_MORE_CHAINS)
                .set("chains", all)
                .ids("id");
        List<StoredJob> last;
        do {
            last = session.statement(DeletionStatements.LOCK_LAST_JOBS)
                    .set("chains", all)
                    .jobs();
        } while (last.size() < there.length);
        last.forEach(stored -> lastJobs.put(Ids.of(stored.job().chainId()), stored.job()));
    }

    private boolean isMissing(UUID chain) {
        boolean isMissing = !lastJobs.containsKey(chain);
        if (isMissing) {
            ChainId id = new ChainId(chain.toString());
            refusals.refuse(id, new ChainNotFoundException(id));
        }
        return isMissing;
    }

    /** Leaves out the chains that, or whose blockers, are needed by a job that stays: and so on, since they stay by it. */
    private void refuseReferences(Set<UUID> named) {
        List<Reference> references = references(along(named));
        while (!references.isEmpty()) {
            Map<ChainId, List<Reference>> needed = new LinkedHashMap<>();
            for (UUID chain : named) {
                Set<UUID> along = along(Set.of(chain));
                List<Reference> ofChain = references.stream()
                        .filter(reference -> along.contains(Ids.of(reference.blocker())))
                        .toList();
                if (!ofChain.isEmpty()) {
                    needed.put(new ChainId(chain.toString()), ofChain);
                }
            }
            refusals.refuseInUse(needed);
            needed.keySet().forEach(chain -> named.remove(Ids.of(chain)));
            references = references(along(named));
        }
    }

    private List<Reference> references(Set<UUID> chains) {
        if (chains.isEmpty()) {
            return List.of();
        }
        return session
                .statement(DeletionStatements.REFERENCES)
                .set("chains", chains.toArray(UUID[]::new))
                .tuples(Map.of("chain_id", UUID.class, "job_id", UUID.class))
                .stream()
                .map(row -> new Reference(
                        new ChainId(row.get("chain_id", UUID.class).toString()),
                        new JobId(row.get("job_id", UUID.class).toString())))
                .toList();
    }

    private void retireIds(Set<UUID> deleted) {
        UUID[] running = deleted.stream()
                .filter(chain ->
                        lastJobs.containsKey(chain) && lastJobs.get(chain).status() == Status.RUNNING)
                .toArray(UUID[]::new);
        if (running.length > 0) {
            ChosenIds.retire(session, running);
        }
    }

    /** Deletes chains that are locked, and those of the locked keys which no other chain has. */
    static void delete(SqlSession session, UUID[] chains, Collection<Key> keys) {
        for (Sql deletion : List.of(
                session.dialect().deleteOwnBlockers(),
                DeletionStatements.DELETE_REFERENCES,
                DeletionStatements.DELETE_JOBS)) {
            session.statement(deletion).set("chains", chains).update();
        }
        KeyRows.deleteUnused(session, keys);
    }

    /** The keys of chains, and the claims of their ids, by chain. */
    static Map<UUID, List<Key>> keysOf(SqlSession session, UUID[] chains) {
        Map<UUID, List<Key>> keys = new HashMap<>();
        for (Tuple row : session.statement(DeletionStatements.KEYS_OF)
                .set("chains", chains)
                .tuples(KEY_OF_CHAIN)) {
            keys.computeIfAbsent(row.get("id", UUID.class), chain -> new ArrayList<>())
                    .add(Key.of(row));
        }
        return keys;
    }

    static List<Job> inChainOrder(List<StoredJob> lastJobs) {
        return lastJobs.stream().map(StoredJob::job).sorted(IN_CHAIN_ORDER).toList();
    }
}
