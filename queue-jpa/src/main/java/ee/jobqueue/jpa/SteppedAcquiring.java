package ee.jobqueue.jpa;

import ee.jobqueue.Priority;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Acquiring in steps: look at the first due jobs of each type and priority, deal the places to the types in turn,
 * lock those jobs without waiting, change the ones that were got, and go on behind the ones that were not.
 *
 * <p>For databases in which one statement cannot do it. On H2 {@code ORDER BY … LIMIT … FOR UPDATE SKIP LOCKED} locks all matching rows,
 * and a bare guarded update waits for a locked row; MariaDB has neither arrays nor {@code LATERAL}.
 */
final class SteppedAcquiring {

    /**
     * The due jobs of one type and priority, by the index over status, type, priority and schedule, which gives the order
     * as well, {@link Dialect#orderOfWaiting in the words} by which the database sees that. One range over all priorities
     * would walk all future jobs of the higher ones.
     */
    private static final String DUE = """
            SELECT * FROM (SELECT id, type, priority, scheduled_at FROM jobqueue_job
            WHERE status = 'PENDING' AND type = :type%1$d AND priority = %2$d AND scheduled_at <= {now}
                AND id <> ALL(:seen)
            ORDER BY %3$s LIMIT :limit) AS due%1$d_%2$d
            """;

    /**
     * Locks candidates, by primary key; passes over locked ones, and over those that were put off since they were looked
     * at. Without LIMIT, which would lock more than it returns.
     */
    private static final Sql LOCK = Sql.of("""
            SELECT id FROM jobqueue_job
            WHERE id = ANY(:jobs) AND status = 'PENDING' AND scheduled_at <= {now} FOR UPDATE SKIP LOCKED
            """);

    /** Gives locked jobs to a worker, by primary key. */
    private static final Sql TAKE = Sql.changingJobs("""
            UPDATE jobqueue_job SET status = 'RUNNING', attempt = attempt + 1, worker = :worker, acquired_at = {now}
            WHERE id = ANY(:jobs) AND status = 'PENDING'
            """);

    /**
     * The next due time of one type and priority; jobs that are due but locked do not count, unless more were due than
     * were asked for.
     */
    private static final String NEXT = """
            SELECT * FROM (SELECT scheduled_at, {now} AS read_at FROM jobqueue_job
            WHERE status = 'PENDING' AND type = :type%1$d AND priority = %2$d AND (:full OR scheduled_at > {now})
            ORDER BY %3$s LIMIT 1) AS next%1$d_%2$d
            """;

    private static final Map<String, Class<?>> CANDIDATE =
            Map.of("id", UUID.class, "type", String.class, "priority", Integer.class, "scheduled_at", Instant.class);

    private final SqlSession session;
    private final UUID worker;
    private final List<String> types;
    private final int limit;
    private final Set<UUID> seen = new HashSet<>();
    private final List<StoredJob> taken = new ArrayList<>();

    SteppedAcquiring(SqlSession session, UUID worker, Set<String> types, int limit) {
        this.session = session;
        this.worker = worker;
        this.types = List.copyOf(new TreeSet<>(types));
        this.limit = limit;
    }

    Acquired acquire() {
        List<UUID> candidates;
        do {
            candidates =
                    Turns.deal(look().values(), Comparator.comparing(Candidate::scheduledAt), limit - taken.size())
                            .stream()
                            .map(Candidate::id)
                            .toList();
            take(candidates);
        } while (!candidates.isEmpty() && taken.size() < limit);
        return new Acquired(taken, nextDueIn());
    }

    private Map<String, List<Candidate>> look() {
        Statement statement =
                forEachRange(DUE).set("seen", seen.toArray(UUID[]::new)).set("limit", limit - taken.size());
        Map<String, List<Candidate>> byType = new LinkedHashMap<>();
        statement
                .tuples(CANDIDATE)
                .forEach(row -> byType.computeIfAbsent(row.get("type", String.class), type -> new ArrayList<>())
                        .add(new Candidate(
                                row.get("id", UUID.class),
                                row.get("priority", Integer.class),
                                row.get("scheduled_at", Instant.class))));
        byType.values().forEach(candidates -> candidates.sort(Candidate.IN_ORDER));
        return byType;
    }

    private void take(List<UUID> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        seen.addAll(candidates);
        UUID[] locked = session.statement(LOCK)
                .set("jobs", candidates.toArray(UUID[]::new))
                .ids("id");
        if (locked.length > 0) {
            taken.addAll(session.statement(TAKE)
                    .set("jobs", locked)
                    .set("worker", worker)
                    .jobs());
        }
    }

    private @Nullable Duration nextDueIn() {
        return forEachRange(NEXT)
                .set("full", taken.size() == limit)
                .tuples(Map.of("scheduled_at", Instant.class, "read_at", Instant.class))
                .stream()
                .map(row -> Duration.between(row.get("read_at", Instant.class), row.get("scheduled_at", Instant.class)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Statement forEachRange(String text) {
        String order = session.dialect().orderOfWaiting();
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            for (int priority = Priority.HIGHEST; priority >= Priority.LOWEST; priority--) {
                ranges.add(text.formatted(i, priority, order));
            }
        }
        Statement statement = session.statement(Sql.of(String.join("UNION ALL\n", ranges)));
        for (int i = 0; i < types.size(); i++) {
            statement.set("type" + i, types.get(i));
        }
        return statement;
    }

    private record Candidate(UUID id, int priority, Instant scheduledAt) {

        /** Stable, so that those which are due at the same time stay in the order of the index. */
        static final Comparator<Candidate> IN_ORDER = Comparator.comparing(
                        (Candidate candidate) -> -candidate.priority())
                .thenComparing(Candidate::scheduledAt);
    }
}
