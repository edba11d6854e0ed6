package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    boolean areAllCompleted(List<ChainId> blockers) {
        return blockers.stream().allMatch(database::isCompleted);
    }

    /**
     * Unblocks those who wait only for a chain that was just completed. Looks at their other blockers under their lock, so
     * that of two blockers that complete at once the second sees the first.
     *
     * @return the types of the unblocked jobs
     */
    Set<String> unblockAfter(ChainId completed) {
        Set<String> types = new HashSet<>();
        List<JobRow> waiting = database.jobs.select(
                job -> job.is(Status.BLOCKED) && job.blockers().contains(completed));
        for (JobRow candidate : waiting) {
            database.jobs.lock(candidate.id().value());
            database.job(candidate.id())
                    .filter(job -> job.is(Status.BLOCKED) && areAllCompleted(job.blockers()))
                    .ifPresent(job -> {
                        Instant now = database.clock.now();
                        database.write(job.with(job.state().unblocked(now)));
                        types.add(job.type());
                    });
        }
        return types;
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
                        .ifPresent(job -> open.addAll(job.blockers()));
            }
        }
        return false;
    }

    private static InvalidBlockerException refusal(Problem problem, ChainId blocker) {
        return new InvalidBlockerException(problem, blocker);
    }
}
