package ee.jobqueue.jpa;

import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Statement.JobAnd;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Swept;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The room of the workers' leases, and of what is done about those that are over. A worker is dead when its row is
 * gone: then it cannot renew its lease, whatever it believes.
 */
final class Leases {

    private static final String LEASE_OVER = "the lease of its worker was over";

    private final SqlSession session;

    Leases(SqlSession session) {
        this.session = session;
    }

    WorkerId register(NewWorker worker, Duration lease) {
        UUID id = Ids.next();
        session.statement(LeaseStatements.REGISTER)
                .set("worker", id)
                .set("name", worker.name())
                .set("types", Counting.text(worker.types()))
                .set("concurrency", worker.concurrency())
                .set("lease_millis", lease.toMillis())
                .update();
        return new WorkerId(id.toString());
    }

    Renewal renew(WorkerId worker, Duration lease) {
        Tuple told = session.statement(LeaseStatements.RENEW)
                .set("worker", Ids.of(worker))
                .set("lease_millis", lease.toMillis())
                .tuples(Map.of("kept", Boolean.class, "others_over", Boolean.class))
                .get(0);
        return new Renewal(told.get("kept", Boolean.class), told.get("others_over", Boolean.class));
    }

    List<Token> running(WorkerId worker) {
        return session
                .statement(LeaseStatements.RUNNING)
                .set("worker", Ids.of(worker))
                .tuples(Map.of("id", UUID.class, "attempt", Integer.class))
                .stream()
                .map(row -> new Token(
                        new JobId(row.get("id", UUID.class).toString()), worker, row.get("attempt", Integer.class)))
                .toList();
    }

    Reaped reap(AttemptLimits limits) {
        return reapJobs(LeaseStatements.FORGET_WORKERS, limits);
    }

    /**
     * Puts back the jobs of workers, and waits for nobody. A job that is locked, or whose chain's row is when it would fail, is
     * passed over, since its attempt, or a caller from outside, is just writing it; if that comes to nothing, the sweep finds
     * the job, as its worker is not known any more. Locked jobs that wait for a chain which fails are found by it as well.
     */
    private Reaped reapJobs(Sql deadWorkers, AttemptLimits limits) {
        List<Tuple> dead = limited(deadWorkers, limits).tuples(Map.of("id", UUID.class, "ends_chains", Boolean.class));
        if (dead.isEmpty()) {
            return Reaped.NONE;
        }
        UUID[] workers = dead.stream().map(row -> row.get("id", UUID.class)).toArray(UUID[]::new);
        boolean endsChains = dead.stream().anyMatch(row -> row.get("ends_chains", Boolean.class));
        Map<UUID, Boolean> chains = new HashMap<>();
        if (endsChains) {
            limited(LeaseStatements.LOCK_REAPED_CHAINS, limits)
                    .set("workers", workers)
                    .tuples(Map.of("id", UUID.class, "awaited", Boolean.class))
                    .forEach(row -> chains.put(row.get("id", UUID.class), row.get("awaited", Boolean.class)));
        }
        List<JobAnd<Boolean>> reaped = limited(LeaseStatements.REAP, limits)
                .set("workers", workers)
                .set("chains", chains.keySet().toArray(UUID[]::new))
                .set("error", LEASE_OVER)
                .jobsWith("has_waiters", Boolean.class);
        reaped.stream()
                .filter(row -> row.stored().job().position() == 0)
                .forEach(row -> chains.put(Ids.of(row.stored().job().chainId()), Boolean.TRUE.equals(row.other())));
        List<Job> jobs = reaped.stream().map(row -> row.stored().job()).toList();
        failChains(jobs);
        List<UUID> awaited = jobs.stream()
                .filter(job -> job.status() == Status.FAILED)
                .map(job -> Ids.of(job.chainId()))
                .filter(chains::get)
                .toList();
        return new Reaped(jobs, Resolving.passingOver(session).after(awaited));
    }

    private void failChains(List<Job> reaped) {
        UUID[] ended = reaped.stream()
                .filter(job -> job.status() == Status.FAILED && job.position() > 0)
                .map(job -> Ids.of(job.chainId()))
                .toArray(UUID[]::new);
        if (ended.length > 0) {
            session.statement(LeaseStatements.FAIL_CHAINS).set("chains", ended).update();
        }
    }

    private Statement limited(Sql sql, AttemptLimits limits) {
        List<Map.Entry<String, Integer>> byType = List.copyOf(limits.byType().entrySet());
        return session.statement(sql)
                .set("default_limit", most(limits.byDefault()))
                .set("limited_types", byType.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .set(
                        "limits",
                        byType.stream().map(entry -> most(entry.getValue())).toArray(Integer[]::new));
    }

    /** Zero stands for no limit. */
    private static int most(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    void retire(WorkerId worker) {
        session.statement(LeaseStatements.RETIRE).set("worker", Ids.of(worker)).update();
    }

    Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        if (session.statement(LeaseStatements.ELECT_SWEEP)
                .column("id", Integer.class)
                .isEmpty()) {
            return Optional.empty();
        }
        session.statement(LeaseStatements.SCHEDULE_SWEEP)
                .set("lease_millis", interval.toMillis())
                .update();
        UUID[] missed = session.statement(LeaseStatements.LOCK_MISSED).ids("id");
        Resolved resolved = Resolving.passingOver(session).missed(missed);
        Reaped reaped = reapJobs(LeaseStatements.UNKNOWN_WORKERS, limits);
        return Optional.of(new Swept(resolved, reaped, openTypes()));
    }

    private Set<String> openTypes() {
        Set<String> types =
                new HashSet<>(session.statement(LeaseStatements.BUSY_TYPES).column("type", String.class));
        String next = pendingTypeAfter("");
        while (next != null) {
            types.add(next);
            next = pendingTypeAfter(next);
        }
        return types;
    }

    private @Nullable String pendingTypeAfter(String type) {
        return session.statement(LeaseStatements.NEXT_PENDING_TYPE)
                .set("type", type)
                .column("type", String.class)
                .get(0);
    }
}
