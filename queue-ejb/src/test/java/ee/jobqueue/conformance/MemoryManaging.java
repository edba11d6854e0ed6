package ee.jobqueue.conformance;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes chains for people: locks all of them, judges all of them, and then changes them. */
final class MemoryManaging {

    private final MemoryDatabase database;
    private final MemoryBlockers locks;

    MemoryManaging(MemoryDatabase database, MemoryBlockers locks) {
        this.database = database;
        this.locks = locks;
    }

    List<StoredJob> cancel(List<ChainId> chains) {
        List<JobRow> lastJobs = lock(chains);
        for (JobRow job : lastJobs) {
            Status status = job.state().status();
            if (!Transition.CANCEL.isAllowedFrom(status)) {
                throw new AlreadyOverException(job.id(), status);
            }
        }
        Instant now = database.clock.now();
        return change(lastJobs, state -> state.cancelled(now), now);
    }

    /** Locks the chains' rows in id order, then their last jobs; answers these in the order of the chains. */
    private List<JobRow> lock(List<ChainId> chains) {
        List<ChainId> distinct = chains.stream().distinct().toList();
        distinct.forEach(this::lastJob);
        locks.lock(distinct);
        distinct.stream()
                .map(this::lastJob)
                .map(job -> job.id().value())
                .sorted(Comparator.naturalOrder())
                .forEach(database.jobs::lock);
        return distinct.stream().map(this::lastJob).toList();
    }

    private JobRow lastJob(ChainId chain) {
        return database.lastJob(chain).orElseThrow(() -> new ChainNotFoundException(chain));
    }

    private List<StoredJob> change(List<JobRow> jobs, UnaryOperator<JobState> change, Instant now) {
        return jobs.stream()
                .map(job -> {
                    JobRow changed = job.with(change.apply(job.state()));
                    database.write(changed);
                    return changed.stored(now);
                })
                .toList();
    }
}
