package ee.jobqueue.jpa;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Verdict;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The room where it is decided what becomes of those who wait for chains that failed or were cancelled.
 *
 * <p>Whoever ends a chain has its row locked, and a job that begins to wait for it locks that row too; so who waits is
 * known by then, and can only become less. Level by level: read who is affected, lock the rows of their chains in id
 * order, since those may end as well, then the jobs in id order, read how all their blockers stand, and let the {@link
 * Verdict} decide. Those for whose chains somebody waits are the next level.
 */
final class Resolving {

    private static final Map<String, Class<?>> AFFECTED = Map.of("id", UUID.class, "chain_id", UUID.class);

    private static final Map<String, Class<?>> EDGE = Map.of(
            "job_id", UUID.class,
            "chain_id", UUID.class,
            "on_failure", String.class,
            "chain_status", String.class,
            "own_chain", UUID.class,
            "awaited", Boolean.class);

    private final SqlSession session;
    private final Sql lockChains;
    private final Sql lockJobs;
    private final List<Job> unblocked = new ArrayList<>();
    private final List<Job> ended = new ArrayList<>();

    /** Waits for rows that are locked. */
    Resolving(SqlSession session) {
        this(session, Statements.LOCK_MORE_CHAINS, ResolvingStatements.LOCK_JOBS);
    }

    private Resolving(SqlSession session, Sql lockChains, Sql lockJobs) {
        this.session = session;
        this.lockChains = lockChains;
        this.lockJobs = lockJobs;
    }

    /** Waits for nobody: a job that is locked, or whose chain is, stays as it is until a sweep finds it. */
    static Resolving passingOver(SqlSession session) {
        return new Resolving(
                session, Statements.LOCK_MORE_CHAINS.skippingLocked(), ResolvingStatements.LOCK_JOBS.skippingLocked());
    }

    /** Resolves those who wait for chains that did not complete, whose rows are locked, and those who wait for them. */
    Resolved after(Collection<UUID> chains) {
        Collection<UUID> level = chains;
        while (!level.isEmpty()) {
            level = settle(lockAffected(level));
        }
        return new Resolved(unblocked, ended);
    }

    /** Resolves jobs that are locked, and those who wait for their chains. */
    Resolved missed(UUID[] jobs) {
        if (jobs.length == 0) {
            return Resolved.NONE;
        }
        List<Waiting> waiting = waiting(jobs);
        Set<UUID> locked = lockChains(waiting.stream().map(Waiting::chain));
        return after(settle(waiting.stream()
                .filter(job -> locked.contains(job.chain()))
                .map(Waiting::id)
                .toArray(UUID[]::new)));
    }

    /** Ends a job that was just written as blocked, for which nobody can wait yet, or whose chain's row is locked. */
    StoredJob end(UUID job, UUID chain, Verdict verdict) {
        return end(List.of(new Waiting(job, chain, false, verdict))).get(0);
    }

    private UUID[] lockAffected(Collection<UUID> chains) {
        List<Tuple> affected = session.statement(ResolvingStatements.AFFECTED)
                .set("chains", chains.toArray(UUID[]::new))
                .tuples(AFFECTED);
        if (affected.isEmpty()) {
            return new UUID[0];
        }
        Set<UUID> locked = lockChains(affected.stream().map(row -> row.get("chain_id", UUID.class)));
        UUID[] jobs = affected.stream()
                .filter(row -> locked.contains(row.get("chain_id", UUID.class)))
                .map(row -> row.get("id", UUID.class))
                .toArray(UUID[]::new);
        boolean areFirst =
                affected.stream().allMatch(row -> row.get("id", UUID.class).equals(row.get("chain_id", UUID.class)));
        return areFirst ? jobs : session.statement(lockJobs).set("jobs", jobs).ids("id");
    }

    /** Answers the chains that are locked now. */
    private Set<UUID> lockChains(Stream<UUID> chains) {
        return Set.of(session.statement(lockChains)
                .set("chains", chains.distinct().toArray(UUID[]::new))
                .ids("id"));
    }

    /** Lets the verdict be on locked jobs; answers the chains that ended by it and for which somebody waits. */
    private List<UUID> settle(UUID[] locked) {
        List<Waiting> waiting = waiting(locked);
        UUID[] free = waiting.stream()
                .filter(job -> job.verdict().status() == Status.PENDING)
                .map(Waiting::id)
                .toArray(UUID[]::new);
        new Finishing(session).unblock(free).forEach(job -> unblocked.add(job.job()));
        List<Waiting> over =
                waiting.stream().filter(job -> job.verdict().ends()).toList();
        Starting.batches(over).forEach(batch -> end(batch).forEach(job -> ended.add(job.job())));
        return over.stream().filter(Waiting::isAwaited).map(Waiting::chain).toList();
    }

    private List<StoredJob> end(List<Waiting> over) {
        Map<UUID, Verdict> rows = new LinkedHashMap<>();
        for (Waiting job : over) {
            rows.put(job.id(), job.verdict());
            rows.put(job.chain(), job.verdict());
        }
        session.statement(session.dialect().end())
                .set("rows", rows.keySet().toArray(UUID[]::new))
                .set(
                        "statuses",
                        rows.values().stream().map(rule -> rule.status().name()).toArray(String[]::new))
                .set("reasons", rows.values().stream().map(Verdict::reason).toArray(String[]::new))
                .update();
        return session.statement(ResolvingStatements.ENDED)
                .set("jobs", over.stream().map(Waiting::id).toArray(UUID[]::new))
                .jobs();
    }

    private List<Waiting> waiting(UUID[] locked) {
        if (locked.length == 0) {
            return List.of();
        }
        Map<UUID, List<Tuple>> edges = new LinkedHashMap<>();
        session.statement(ResolvingStatements.EDGES)
                .set("jobs", locked)
                .tuples(EDGE)
                .forEach(edge -> edges.computeIfAbsent(edge.get("job_id", UUID.class), job -> new ArrayList<>())
                        .add(edge));
        return edges.entrySet().stream()
                .map(job -> waiting(job.getKey(), job.getValue()))
                .toList();
    }

    private static Waiting waiting(UUID job, List<Tuple> edges) {
        Map<ChainId, @Nullable Status> ends = new HashMap<>();
        List<Blocker> blockers = new ArrayList<>();
        for (Tuple edge : edges) {
            Blocker blocker = blocker(edge);
            blockers.add(blocker);
            ends.put(blocker.chain(), status(edge));
        }
        Tuple any = edges.get(0);
        return new Waiting(
                job,
                any.get("own_chain", UUID.class),
                any.get("awaited", Boolean.class),
                Verdict.of(blockers, ends::get));
    }

    /** For which chain an edge waits. */
    static Blocker blocker(Tuple edge) {
        return new Blocker(
                new ChainId(edge.get("chain_id", UUID.class).toString()),
                OnFailure.valueOf(edge.get("on_failure", String.class)));
    }

    /** How a chain ended; {@code null} while it is open. */
    static @Nullable Status status(Tuple chain) {
        String status = chain.get("chain_status", String.class);
        return status == null ? null : Status.valueOf(status);
    }

    /** A job that waits, or waited until now. */
    private record Waiting(UUID id, UUID chain, boolean isAwaited, Verdict verdict) {}
}
