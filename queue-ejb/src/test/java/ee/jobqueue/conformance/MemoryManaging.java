package ee.jobqueue.conformance;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.JobId;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Changes chains for people: locks all of them, judges all of them, and then changes them. */
final class MemoryManaging {

    private final MemoryDatabase database;
    private final MemoryBlockers locks;
    private final MemoryKeys keys;

    MemoryManaging(MemoryDatabase database, MemoryBlockers locks) {
        this.database = database;
        this.locks = locks;
        this.keys = new MemoryKeys(database);
    }

    Cancelled cancel(List<ChainId> chains, Refusals refusals) {
        List<JobRow> lastJobs = lock(chains, refusals).stream()
                .filter(job -> isCancelled(job, refusals))
                .toList();
        Instant now = database.clock.now();
        List<StoredJob> cancelled = change(lastJobs, state -> state.cancelled(now), now);
        return new Cancelled(
                cancelled,
                locks.resolveAfter(lastJobs.stream().map(JobRow::chainId).toList()));
    }

    private boolean isCancelled(JobRow job, Refusals refusals) {
        Status status = job.state().status();
        if (!Transition.CANCEL.isAllowedFrom(status)) {
            refusals.refuse(job.chainId(), new AlreadyOverException(job.id(), status));
            return false;
        }
        return refusals.isMeant(job.job(database.clock.now()));
    }

    /** Opens chains again: the keys in order, the chains and their blockers, the last jobs; judged in the order of the chains. */
    List<StoredJob> retry(List<ChainId> chains, Refusals refusals) {
        List<ChainId> there = present(chains, refusals);
        keys.lock(there.stream().flatMap(chain -> keys.keyOf(chain).stream()).toList());
        Map<MemoryDatabase.Key, ChainId> retriedHere = new HashMap<>();
        List<JobRow> retried = lockWithBlockers(there, refusals).stream()
                .filter(job -> isRetried(job, retriedHere, refusals))
                .toList();
        Instant now = database.clock.now();
        return retried.stream()
                .map(job -> locks.write(job.with(job.state().retried(now)), now).stored(now))
                .toList();
    }

    private boolean isRetried(JobRow job, Map<MemoryDatabase.Key, ChainId> retriedHere, Refusals refusals) {
        Status status = job.state().status();
        ChainId chain = job.chainId();
        if (!Transition.RETRY.isAllowedFrom(status)) {
            refusals.refuse(chain, new NotRetryableException(job.id(), status));
            return false;
        }
        if (!refusals.isMeant(job.job(database.clock.now()))) {
            return false;
        }
        MemoryDatabase.Key key = keys.keyOf(chain).orElse(null);
        if (key == null) {
            return true;
        }
        Optional<ChainId> holder = Optional.ofNullable(retriedHere.get(key)).or(() -> keys.holder(key, chain));
        if (holder.isPresent()) {
            refusals.refuse(chain, new KeyHeldException(chain, key.key(), holder.get()));
            return false;
        }
        retriedHere.put(key, chain);
        return true;
    }

    List<StoredJob> trigger(List<ChainId> chains) {
        List<JobRow> jobs = lockPending(chains, Transition.TRIGGER);
        Instant now = database.clock.now();
        return change(jobs, state -> state.scheduledAt().isAfter(now) ? state.dueAt(now) : state, now);
    }

    List<StoredJob> reschedule(List<ChainId> chains, Schedule schedule) {
        List<JobRow> jobs = lockPending(chains, Transition.RESCHEDULE_FROM_OUTSIDE);
        Instant now = database.clock.now();
        return change(jobs, state -> state.dueAt(MemoryClock.dueAt(schedule, now)), now);
    }

    List<StoredJob> prioritize(List<ChainId> chains, int priority) {
        List<JobRow> jobs = lockPending(chains, Transition.PRIORITIZE);
        return change(jobs, state -> state.withPriority(priority), database.clock.now());
    }

    private List<JobRow> lockPending(List<ChainId> chains, Transition transition) {
        List<JobRow> jobs = lock(chains, Refusals.THROW);
        for (JobRow job : jobs) {
            if (!transition.isAllowedFrom(job.state().status())) {
                throw new NotTriggerableException(job.id(), job.state().status());
            }
        }
        return jobs;
    }

    /** Once more when a chain was continued in between: its new last job has other blockers. */
    private List<JobRow> lockWithBlockers(List<ChainId> chains, Refusals refusals) {
        List<JobRow> seen = chains.stream()
                .flatMap(chain -> database.lastJob(chain).stream())
                .toList();
        List<ChainId> all = new ArrayList<>(chains);
        seen.forEach(job -> all.addAll(job.blockerChains()));
        locks.lock(all);
        List<JobRow> lastJobs = lock(chains, refusals);
        Set<JobId> known = seen.stream().map(JobRow::id).collect(Collectors.toSet());
        return lastJobs.stream().allMatch(job -> known.contains(job.id()))
                ? lastJobs
                : lockWithBlockers(lastJobs.stream().map(JobRow::chainId).toList(), refusals);
    }

    /** The chains that there are, each once. */
    private List<ChainId> present(List<ChainId> chains, Refusals refusals) {
        return chains.stream()
                .distinct()
                .filter(chain -> {
                    boolean isPresent = database.lastJob(chain).isPresent();
                    if (!isPresent) {
                        refusals.refuse(chain, new ChainNotFoundException(chain));
                    }
                    return isPresent;
                })
                .toList();
    }

    /** Locks the chains' rows in id order, then their last jobs; answers these in the order of the chains. */
    private List<JobRow> lock(List<ChainId> chains, Refusals refusals) {
        locks.lock(chains);
        List<ChainId> there = present(chains, refusals);
        there.stream()
                .map(this::lastJob)
                .map(job -> job.id().value())
                .sorted(Comparator.naturalOrder())
                .forEach(database.jobs::lock);
        return there.stream().map(this::lastJob).toList();
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
