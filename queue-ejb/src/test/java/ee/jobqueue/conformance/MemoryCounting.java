package ee.jobqueue.conformance;

import ee.jobqueue.JobCount;
import ee.jobqueue.Status;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts jobs and looks at workers; waits for nobody. */
final class MemoryCounting {

    private static final Comparator<JobRow> LONGEST_DUE_FIRST = Comparator.<JobRow, Instant>comparing(
                    job -> job.state().scheduledAt())
            .thenComparing(job -> job.id().value());

    private final MemoryDatabase database;

    MemoryCounting(MemoryDatabase database) {
        this.database = database;
    }

    List<JobCount> counts() {
        Map<String, Map<Status, Long>> counted = new TreeMap<>();
        for (JobRow job : database.jobs.select(job -> true)) {
            counted.computeIfAbsent(job.type(), type -> new EnumMap<>(Status.class))
                    .merge(job.state().status(), 1L, Long::sum);
        }
        List<JobCount> counts = new ArrayList<>();
        counted.forEach(
                (type, byStatus) -> byStatus.forEach((status, jobs) -> counts.add(new JobCount(type, status, jobs))));
        return counts;
    }

    List<StoredJob> oldestDue() {
        Instant now = database.clock.now();
        Map<String, JobRow> oldest = new TreeMap<>();
        database.jobs.select(job -> job.isDue(now)).stream()
                .sorted(LONGEST_DUE_FIRST)
                .forEach(job -> oldest.putIfAbsent(job.type(), job));
        return oldest.values().stream().map(job -> job.stored(now)).toList();
    }

    List<KnownWorker> workers() {
        Instant now = database.clock.now();
        return database.workers.select(worker -> worker.leaseEndsAt().isAfter(now)).stream()
                .map(worker -> new KnownWorker(new WorkerId(worker.id()), worker.told(), running(worker.id())))
                .toList();
    }

    private int running(String worker) {
        return database.jobs
                .select(job ->
                        job.is(Status.RUNNING) && worker.equals(job.state().worker()))
                .size();
    }
}
