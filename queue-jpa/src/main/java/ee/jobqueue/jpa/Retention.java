package ee.jobqueue.jpa;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The room where chains are deleted by age: look, lock without waiting what is free, judge again under the locks, delete.
 */
final class Retention {

    private final SqlSession session;
    private final Set<Status> statuses;
    private final long pastMillis;

    Retention(SqlSession session, Set<Status> statuses, Duration age) {
        this.session = session;
        this.statuses = statuses;
        this.pastMillis = -age.toMillis();
    }

    List<Job> delete(int limit) {
        UUID[] candidates = aged(DeletionStatements.OVER).set("limit", limit).ids("chain_id");
        if (candidates.length == 0) {
            return List.of();
        }
        Map<UUID, List<Key>> keys = Deleting.keysOf(session, candidates);
        Set<Key> free = keys.isEmpty()
                ? Set.of()
                : KeyRows.lockFree(
                        session, keys.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        UUID[] locked = session.statement(DeletionStatements.LOCK_FREE_CHAINS)
                .set(
                        "chains",
                        Arrays.stream(candidates)
                                .filter(chain -> free.containsAll(keys.getOrDefault(chain, List.of())))
                                .toArray(UUID[]::new))
                .ids("id");
        List<StoredJob> over = aged(DeletionStatements.LOCK_FREE_LAST_JOBS)
                .set("chains", locked)
                .jobs();
        Set<UUID> needed = needed(over);
        List<StoredJob> deleted =
                over.stream().filter(last -> !needed.contains(chainOf(last))).toList();
        if (!deleted.isEmpty()) {
            Deleting.delete(session, deleted.stream().map(Retention::chainOf).toArray(UUID[]::new), free);
        }
        return Deleting.inChainOrder(deleted);
    }

    /** Those of the chains that somebody has begun to wait for since they were looked at. */
    private Set<UUID> needed(List<StoredJob> over) {
        return Set.copyOf(session
                .statement(DeletionStatements.REFERENCES)
                .set("chains", over.stream().map(Retention::chainOf).toArray(UUID[]::new))
                .tuples(Map.of("chain_id", UUID.class))
                .stream()
                .map(row -> row.get("chain_id", UUID.class))
                .toList());
    }

    private static UUID chainOf(StoredJob lastJob) {
        return Ids.of(lastJob.job().chainId());
    }

    private Statement aged(Sql sql) {
        return session.statement(sql)
                .set("completed", asked(Status.COMPLETED))
                .set("failed", asked(Status.FAILED))
                .set("cancelled", asked(Status.CANCELLED))
                .set("past_millis", pastMillis);
    }

    /** The name of a status, or of none when it was not asked for. */
    private String asked(Status status) {
        return statuses.contains(status) ? status.name() : "";
    }
}
