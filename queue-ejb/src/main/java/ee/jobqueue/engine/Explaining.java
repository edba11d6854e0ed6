package ee.jobqueue.engine;

import ee.jobqueue.Explanation;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.JobNotFoundException;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.KnownWorker;
import java.util.List;

/** Tells why a job is not running: from the job, its blockers, and the workers that have a lease. */
final class Explaining {

    private final StoreAccess store;

    Explaining(StoreAccess store) {
        this.store = store;
    }

    Explanation explain(JobId id) {
        return store.reading(s -> {
            Job job = s.job(id).orElseThrow(() -> new JobNotFoundException(id)).job();
            return switch (job.status()) {
                case BLOCKED -> new Explanation.WaitsForChains(job, openBlockers(s, id));
                case PENDING -> job.scheduled() ? new Explanation.Scheduled(job) : due(job, s.workers());
                case RUNNING -> running(job, s.workers());
                case COMPLETED, FAILED, CANCELLED -> new Explanation.Over(job);
            };
        });
    }

    private static List<Job> openBlockers(JobStore store, JobId id) {
        return store.blockers(id).stream()
                .filter(blocker -> !blocker.isSettled())
                .map(blocker -> blocker.lastJob().job())
                .toList();
    }

    private static Explanation due(Job job, List<KnownWorker> workers) {
        List<KnownWorker> able = workers.stream()
                .filter(worker -> worker.told().types().contains(job.type()))
                .toList();
        if (able.isEmpty()) {
            return new Explanation.NoWorker(job);
        }
        if (able.stream().anyMatch(worker -> worker.running() < worker.told().concurrency())) {
            return new Explanation.Due(job);
        }
        return new Explanation.SlotsBusy(
                job,
                able.stream().mapToInt(worker -> worker.told().concurrency()).sum());
    }

    private static Explanation running(Job job, List<KnownWorker> workers) {
        return workers.stream()
                .filter(worker -> worker.id().value().equals(job.worker()))
                .findFirst()
                .map(worker -> new Explanation.Running(job, worker.told().name()))
                .orElseGet(() -> new Explanation.Running(job, null));
    }
}
