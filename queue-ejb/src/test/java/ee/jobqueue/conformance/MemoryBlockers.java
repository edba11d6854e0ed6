package ee.jobqueue.conformance;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.Job;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who waits for whom. */
final class MemoryBlockers {

    private final MemoryDatabase database;

    MemoryBlockers(MemoryDatabase database) {
        this.database = database;
    }

    /** Locks chain rows in id order; those that do not exist are left out. */
    void lock(Collection<ChainId> chains) {
        Set<String> ids = new TreeSet<>();
        for (ChainId chain : chains) {
            database.chain(chain).ifPresent(row -> ids.add(row.id().value()));
        }
        ids.forEach(database.jobs::lock);
    }

    void check(Blockers blockers) {
        for (ChainId blocker : blockers.chains()) {
            JobRow last = database.lastJob(blocker).orElseThrow(() -> refusal(Problem.UNKNOWN, blocker));
            if (!blockers.allowedTypes().contains(last.chainType())) {
                throw refusal(Problem.UNDECLARED, blocker);
            }
        }
    }

    /** Refuses blockers that wait for a chain, themselves or through others. */
    void checkCycle(ChainId chain, Blockers blockers) {
        for (ChainId blocker : blockers.chains()) {
            if (waitsFor(blocker, chain)) {
                throw refusal(Problem.CYCLE, blocker);
            }
        }
    }

    /** What becomes of a job that waits for chains, as they stand now. */
    Verdict verdict(List<Blocker> blockers) {
        return Verdict.of(blockers, database::end);
    }

    /** Writes a blocked job, and settles it. */
    JobRow write(JobRow blocked, Instant now) {
        database.write(blocked);
        return settle(blocked, now);
    }

    /** Ends a blocked job that is locked, or unblocks it, if that is the verdict; answers how it stands then. */
    JobRow settle(JobRow blocked, Instant now) {
        return settle(blocked, verdict(blocked.blockers()), now);
    }

    /**
     * The same for several, all judged before any is changed, so that none is judged by what became of another one; answers
     * those that wait no more.
     */
    List<JobRow> settleTogether(List<JobRow> blocked) {
        Map<JobRow, Verdict> judged = new LinkedHashMap<>();
        blocked.forEach(job -> judged.put(job, verdict(job.blockers())));
        List<JobRow> settled = new ArrayList<>();
        judged.forEach((job, verdict) -> settled.add(settle(job, verdict, database.clock.now())));
        settled.removeIf(job -> job.is(Status.BLOCKED));
        return settled;
    }

    private JobRow settle(JobRow blocked, Verdict verdict, Instant now) {
        if (verdict.status() == Status.BLOCKED) {
            return blocked;
        }
        JobRow settled = blocked.with(
                verdict.ends()
                        ? blocked.state().endedBy(verdict, now)
                        : blocked.state().unblocked(now));
        database.write(settled);
        return settled;
    }

    /**
     * Resolves those who wait for chains that have just ended, and those who wait for them. The rows of the chains are
     * locked, so that nobody begins to wait for them. Judges who waits under its own lock and that of its chain, so that of
     * two blockers that end at once the second sees the first.
     */
    Resolved resolveAfter(Collection<ChainId> ended) {
        return resolveAfter(ended, key -> {
            database.jobs.lock(key);
            return true;
        });
    }

    /** The same, of those that are free: a job that is locked, or whose chain is, is left to the sweep. */
    Resolved resolveFreeAfter(Collection<ChainId> ended) {
        return resolveAfter(ended, database.jobs::tryLock);
    }

    private Resolved resolveAfter(Collection<ChainId> ended, Predicate<String> lock) {
        List<Job> unblocked = new ArrayList<>();
        List<Job> over = new ArrayList<>();
        Set<ChainId> level = Set.copyOf(ended);
        while (!level.isEmpty()) {
            Set<ChainId> next = new HashSet<>();
            for (JobRow settled : resolveLevel(level, lock)) {
                if (settled.is(Status.PENDING)) {
                    unblocked.add(settled.job(database.clock.now()));
                } else {
                    over.add(settled.job(database.clock.now()));
                    next.add(settled.chainId());
                }
            }
            level = next;
        }
        return new Resolved(unblocked, over);
    }

    /**
     * Unblocks those who waited for a chain that has just completed, as {@link #resolveAfter} does. It ends nobody: that another
     * blocker should have ended before is for the sweep to see.
     */
    Resolved unblockAfter(ChainId completed) {
        List<Job> unblocked = new ArrayList<>();
        for (JobRow candidate : waitingForAny(Set.of(completed))) {
            database.jobs.lock(candidate.id().value());
            database.job(candidate.id())
                    .filter(job ->
                            job.is(Status.BLOCKED) && verdict(job.blockers()).status() == Status.PENDING)
                    .map(job -> settle(job, database.clock.now()))
                    .ifPresent(job -> unblocked.add(job.job(database.clock.now())));
        }
        return new Resolved(unblocked, List.of());
    }

    private List<JobRow> waitingForAny(Set<ChainId> ended) {
        return database.jobs.select(job -> job.is(Status.BLOCKED) && !Collections.disjoint(job.blockerChains(), ended));
    }

    /** Whether what a job said of one of the chains is anything but to go on waiting. */
    private static boolean isConcerned(JobRow job, Set<ChainId> ended) {
        return job.blockers().stream()
                .anyMatch(blocker -> ended.contains(blocker.chain()) && blocker.onFailure() != OnFailure.WAIT);
    }

    private List<JobRow> resolveLevel(Set<ChainId> ended, Predicate<String> lock) {
        List<JobRow> waiting = waitingForAny(ended).stream()
                .filter(job -> isConcerned(job, ended))
                .toList();
        Set<String> locked = new HashSet<>();
        waiting.stream()
                .map(job -> job.chainRow().value())
                .sorted()
                .filter(lock)
                .forEach(locked::add);
        List<JobRow> blocked = new ArrayList<>();
        for (JobRow candidate : waiting) {
            if (locked.contains(candidate.chainRow().value())
                    && lock.test(candidate.id().value())) {
                database.job(candidate.id())
                        .filter(job -> job.is(Status.BLOCKED))
                        .ifPresent(blocked::add);
            }
        }
        return settleTogether(blocked);
    }

    /**
     * Whether a chain waits for another. Locks each chain on the way: two continuations that lock different chains could
     * otherwise close a circle of four together.
     */
    private boolean waitsFor(ChainId start, ChainId goal) {
        Set<ChainId> seen = new HashSet<>();
        Deque<ChainId> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            ChainId chain = open.remove();
            if (chain.equals(goal)) {
                return true;
            }
            if (seen.add(chain)) {
                lock(List.of(chain));
                database.lastJob(chain)
                        .filter(job -> job.is(Status.BLOCKED))
                        .ifPresent(job -> open.addAll(job.blockerChains()));
            }
        }
        return false;
    }

    private static InvalidBlockerException refusal(Problem problem, ChainId blocker) {
        return new InvalidBlockerException(problem, blocker);
    }
}
