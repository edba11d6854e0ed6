package ee.jobqueue.conformance;

import ee.jobqueue.Status;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives due jobs to a worker: one of each type in turn, each type by priority, then in the order in which its jobs
 * are due. */
final class MemoryAcquire {

    private static final Comparator<JobRow> BY_SCHEDULE = Comparator.<JobRow, Instant>comparing(
                    job -> job.state().scheduledAt())
            .thenComparing(job -> job.id().value());

    private static final Comparator<JobRow> IN_ORDER =
            Comparator.<JobRow>comparingInt(job -> -job.state().priority()).thenComparing(BY_SCHEDULE);

    private final MemoryDatabase database;

    MemoryAcquire(MemoryDatabase database) {
        this.database = database;
    }

    Acquired acquire(WorkerId worker, Set<String> types, int limit) {
        Instant now = database.clock.now();
        List<JobRow> taken = new ArrayList<>();
        Set<String> locked = new TreeSet<>();
        Deque<Deque<JobRow>> turns = dueByType(types, now);
        while (taken.size() < limit && !turns.isEmpty()) {
            Deque<JobRow> turn = turns.remove();
            JobRow candidate = turn.remove();
            Optional<JobRow> due = lockIfDue(candidate, now);
            if (due.isPresent()) {
                JobRow acquired = due.get().with(due.get().state().acquired(worker.value(), now));
                database.write(acquired);
                taken.add(acquired);
            } else {
                locked.add(candidate.id().value());
            }
            if (!turn.isEmpty()) {
                turns.add(turn);
            }
        }
        taken.sort(IN_ORDER);
        List<StoredJob> jobs = taken.stream().map(job -> job.stored(now)).toList();
        return new Acquired(jobs, nextDueIn(types, locked, now).orElse(null));
    }

    private Deque<Deque<JobRow>> dueByType(Set<String> types, Instant now) {
        Deque<Deque<JobRow>> turns = new ArrayDeque<>();
        for (String type : new TreeSet<>(types)) {
            List<JobRow> due =
                    new ArrayList<>(database.jobs.select(job -> job.type().equals(type) && job.isDue(now)));
            due.sort(IN_ORDER);
            if (!due.isEmpty()) {
                turns.add(new ArrayDeque<>(due));
            }
        }
        return turns;
    }

    private Optional<JobRow> lockIfDue(JobRow candidate, Instant now) {
        if (!database.jobs.tryLock(candidate.id().value())) {
            return Optional.empty();
        }
        return database.job(candidate.id()).filter(job -> job.isDue(now));
    }

    private Optional<Duration> nextDueIn(Set<String> types, Set<String> locked, Instant now) {
        return database
                .jobs
                .select(job -> job.is(Status.PENDING)
                        && types.contains(job.type())
                        && !locked.contains(job.id().value()))
                .stream()
                .min(BY_SCHEDULE)
                .map(job -> Duration.between(now, job.state().scheduledAt()));
    }
}
