package ee.jobqueue.jpa;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import jakarta.persistence.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The room where chains are deleted because somebody says so: lock the keys, the chains and their last jobs, judge, delete.
 *
 * <p>A chain's row is locked by whoever wants to wait for it, and its last job by whoever continues it. Once both are
 * locked the chain has no new job and nobody new who waits, and what a statement reads then is final.
 */
final class Deleting {

    private static final Map<String, Class<?>> KEY_COLUMNS =
            Map.of("chain_type", String.class, "deduplication_key", String.class, "chain_id", UUID.class);

    private final SqlSession session;

    Deleting(SqlSession session) {
        this.session = session;
    }

    List<Job> delete(Set<ChainId> chains, Cascade cascade) {
        Set<UUID> named = new TreeSet<>(List.of(Ids.of(chains)));
        Set<UUID> locked = Set.of();
        Set<UUID> all = withBlockers(named, cascade);
        List<StoredJob> lastJobs = List.of();
        while (!locked.equals(all)) { // a continuation may have brought a blocker while the locks were waited for
            lastJobs = lock(named, all);
            locked = all;
            all = withBlockers(named, cascade);
        }
        refuseReferences(all);
        retireIds(lastJobs);
        delete(session, all.toArray(UUID[]::new));
        return inChainOrder(lastJobs);
    }

    /** The chains, and where asked for those for which any of their jobs waits or waited, and so on. */
    private Set<UUID> withBlockers(Set<UUID> named, Cascade cascade) {
        Set<UUID> all = new HashSet<>(named);
        Set<UUID> level = cascade == Cascade.BLOCKERS ? named : Set.of();
        while (!level.isEmpty()) {
            Set<UUID> next = new HashSet<>(List.of(session.statement(DeletionStatements.BLOCKERS_OF)
                    .set("chains", level.toArray(UUID[]::new))
                    .ids("chain_id")));
            next.removeAll(all);
            all.addAll(next);
            level = next;
        }
        return all;
    }

    /** Locks what there is of the chains; answers their last jobs. */
    private List<StoredJob> lock(Set<UUID> named, Set<UUID> chains) {
        UUID[] all = chains.toArray(UUID[]::new);
        for (Key key :
                new TreeSet<>(keys(session.statement(DeletionStatements.KEYS_OF).set("chains", all))
                        .keySet())) {
            session.statement(DeletionStatements.LOCK_KEY)
                    .set("type", key.chainType())
                    .set("key", key.key())
                    .ids("chain_id");
        }
        UUID[] there = session.statement(Statements.LOCK_MORE_CHAINS)
                .set("chains", all)
                .ids("id");
        Set<UUID> missing = new TreeSet<>(named);
        missing.removeAll(Set.of(there));
        if (!missing.isEmpty()) {
            throw new ChainNotFoundException(
                    new ChainId(missing.iterator().next().toString()));
        }
        List<StoredJob> lastJobs;
        do {
            lastJobs = session.statement(DeletionStatements.LOCK_LAST_JOBS)
                    .set("chains", all)
                    .jobs();
        } while (lastJobs.size() < there.length);
        return lastJobs;
    }

    private void refuseReferences(Set<UUID> chains) {
        List<Reference> references = session
                .statement(DeletionStatements.REFERENCES)
                .set("chains", chains.toArray(UUID[]::new))
                .tuples(Map.of("chain_id", UUID.class, "job_id", UUID.class))
                .stream()
                .map(row -> new Reference(
                        new ChainId(row.get("chain_id", UUID.class).toString()),
                        new JobId(row.get("job_id", UUID.class).toString())))
                .toList();
        if (!references.isEmpty()) {
            throw new BlockerInUseException(references);
        }
    }

    private void retireIds(List<StoredJob> lastJobs) {
        UUID[] running = lastJobs.stream()
                .filter(last -> last.job().status() == Status.RUNNING)
                .map(last -> Ids.of(last.job().chainId()))
                .toArray(UUID[]::new);
        if (running.length > 0) {
            ChosenIds.retire(session, running);
        }
    }

    /** Deletes chains that are locked. */
    static void delete(SqlSession session, UUID[] chains) {
        for (Sql deletion : List.of(
                DeletionStatements.DELETE_OWN_BLOCKERS,
                DeletionStatements.DELETE_REFERENCES,
                DeletionStatements.DELETE_KEYS,
                DeletionStatements.DELETE_JOBS)) {
            session.statement(deletion).set("chains", chains).update();
        }
    }

    /** The keys that a statement reads, and their chains. */
    static Map<Key, UUID> keys(Statement statement) {
        Map<Key, UUID> keys = new HashMap<>();
        for (Tuple row : statement.tuples(KEY_COLUMNS)) {
            keys.put(
                    new Key(row.get("chain_type", String.class), row.get("deduplication_key", String.class)),
                    row.get("chain_id", UUID.class));
        }
        return keys;
    }

    static List<Job> inChainOrder(List<StoredJob> lastJobs) {
        return lastJobs.stream()
                .map(StoredJob::job)
                .sorted(Comparator.comparing(job -> job.chainId().value()))
                .toList();
    }
}
