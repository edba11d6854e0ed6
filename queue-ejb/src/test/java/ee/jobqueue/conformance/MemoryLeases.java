package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Swept;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Verdict;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the leases of the workers, and puts back what those left whose lease is over. Waits for no row. */
final class MemoryLeases {

    private static final String SWEEP = "sweep";

    private final MemoryDatabase database;
    private final MemoryBlockers blockers;

    MemoryLeases(MemoryDatabase database, MemoryBlockers blockers) {
        this.database = database;
        this.blockers = blockers;
    }

    WorkerId register(NewWorker worker, Duration lease) {
        String id = "worker-" + database.newId();
        database.workers.write(id, new MemoryDatabase.Worker(id, worker, endOf(lease)));
        return new WorkerId(id);
    }

    Renewal renew(WorkerId worker, Duration lease) {
        String id = worker.value();
        database.workers.lockAtOnce(id);
        Optional<MemoryDatabase.Worker> known = database.workers.find(id);
        known.ifPresent(row -> database.workers.write(id, new MemoryDatabase.Worker(id, row.told(), endOf(lease))));
        boolean othersOver = over().stream().anyMatch(other -> !other.id().equals(id));
        return new Renewal(known.isPresent(), othersOver);
    }

    List<Token> running(WorkerId worker) {
        Instant now = database.clock.now();
        return runningUnder(worker.value()::equals).stream()
                .map(job -> job.stored(now).token())
                .toList();
    }

    Reaped reap(AttemptLimits limits) {
        Set<String> dead = new HashSet<>();
        for (MemoryDatabase.Worker worker : over()) {
            if (database.workers.tryLock(worker.id()) && isOver(worker.id())) {
                database.workers.write(worker.id(), null);
                dead.add(worker.id());
            }
        }
        return putBack(dead::contains, limits);
    }

    void retire(WorkerId worker) {
        if (database.workers.tryLock(worker.value())
                && runningUnder(worker.value()::equals).isEmpty()) {
            database.workers.write(worker.value(), null);
        }
    }

    Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        Instant now = database.clock.now();
        if (!database.sweeps.tryLock(SWEEP)) {
            return Optional.empty();
        }
        Optional<Instant> last = database.sweeps.find(SWEEP);
        if (last.isPresent() && last.get().plus(interval).isAfter(now)) {
            return Optional.empty();
        }
        database.sweeps.write(SWEEP, now);
        Resolved missed = resolveMissed();
        Reaped reaped = putBack(id -> database.workers.find(id).isEmpty(), limits);
        Set<String> openTypes = new HashSet<>();
        database.jobs.select(job -> !job.state().status().isOver()).forEach(job -> openTypes.add(job.type()));
        return Optional.of(new Swept(missed, reaped, openTypes));
    }

    private Resolved resolveMissed() {
        List<JobRow> blocked = new ArrayList<>();
        for (JobRow candidate : database.jobs.select(job -> job.is(Status.BLOCKED))) {
            Verdict verdict = blockers.verdict(candidate.blockers());
            if (verdict.status() != Status.BLOCKED && tryLock(candidate, verdict.ends())) {
                database.job(candidate.id())
                        .filter(job -> job.is(Status.BLOCKED))
                        .ifPresent(blocked::add);
            }
        }
        List<Job> unblocked = new ArrayList<>();
        List<Job> ended = new ArrayList<>();
        blockers.settleTogether(blocked).forEach(job -> (job.is(Status.PENDING) ? unblocked : ended).add(now(job)));
        Resolved others =
                blockers.resolveFreeAfter(ended.stream().map(Job::chainId).toList());
        unblocked.addAll(others.unblocked());
        ended.addAll(others.ended());
        return new Resolved(unblocked, ended);
    }

    /** A job that is locked is being finished at this moment; if it is not after all, the next sweep finds it. */
    private Reaped putBack(Predicate<String> worker, AttemptLimits limits) {
        List<Job> reaped = new ArrayList<>();
        for (JobRow candidate : runningUnder(worker)) {
            boolean ends = isUsedUp(candidate, limits.of(candidate.type()));
            if (tryLock(candidate, ends)) {
                database.job(candidate.id())
                        .filter(job -> job.is(Status.RUNNING)
                                && candidate.state().attempt() == job.state().attempt())
                        .ifPresent(job -> reaped.add(write(job.with(reaped(job, ends)))));
            }
        }
        List<ChainId> failed = reaped.stream()
                .filter(job -> job.status() == Status.FAILED)
                .map(Job::chainId)
                .toList();
        return new Reaped(reaped, blockers.resolveFreeAfter(failed));
    }

    /** The job's row, and first its chain's when the chain may end. */
    private boolean tryLock(JobRow job, boolean withChain) {
        return (!withChain || database.jobs.tryLock(job.chainRow().value()))
                && database.jobs.tryLock(job.id().value());
    }

    private static boolean isUsedUp(JobRow job, int limit) {
        return limit > 0 && job.state().failures() + 1 >= limit;
    }

    private JobState reaped(JobRow job, boolean usedUp) {
        Instant now = database.clock.now();
        return job.state().failed("the lease of " + job.state().worker() + " was over", usedUp ? null : now, now);
    }

    private Job write(JobRow row) {
        database.write(row);
        return now(row);
    }

    private Job now(JobRow row) {
        return row.job(database.clock.now());
    }

    private List<JobRow> runningUnder(Predicate<String> worker) {
        return database.jobs.select(
                job -> job.is(Status.RUNNING) && isBy(job.state().worker(), worker));
    }

    private static boolean isBy(@Nullable String worker, Predicate<String> condition) {
        return worker != null && condition.test(worker);
    }

    private List<MemoryDatabase.Worker> over() {
        Instant now = database.clock.now();
        return database.workers.select(worker -> !worker.leaseEndsAt().isAfter(now));
    }

    private boolean isOver(String id) {
        return over().stream().anyMatch(worker -> worker.id().equals(id));
    }

    private Instant endOf(Duration lease) {
        return database.clock.now().plus(lease);
    }
}
