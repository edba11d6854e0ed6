package ee.jobqueue.conformance;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes chains for people: locks all of them, judges all of them, and then changes them. */
final class MemoryManaging {

    private final MemoryDatabase database;
    private final MemoryBlockers locks;

    MemoryManaging(MemoryDatabase database, MemoryBlockers locks) {
        this.database = database;
        this.locks = locks;
    }

    Cancelled cancel(List<ChainId> chains) {
        List<JobRow> lastJobs = lock(chains);
        for (JobRow job : lastJobs) {
            Status status = job.state().status();
            if (!Transition.CANCEL.isAllowedFrom(status)) {
                throw new AlreadyOverException(job.id(), status);
            }
        }
        Instant now = database.clock.now();
        List<StoredJob> cancelled = change(lastJobs, state -> state.cancelled(now), now);
        return new Cancelled(cancelled, locks.resolveAfter(chains));
    }

    StoredJob retry(ChainId chain) {
        JobRow seen = lastJob(chain);
        JobRow first = database.chain(chain).orElseThrow();
        Optional<MemoryDatabase.Key> key =
                Optional.ofNullable(first.key()).map(text -> new MemoryDatabase.Key(first.chainType(), text));
        key.ifPresent(database.keys::lock);
        Optional<ChainId> holder = key.flatMap(held -> holder(held, chain));
        JobRow job = lockWithBlockers(chain, seen);
        if (!Transition.RETRY.isAllowedFrom(job.state().status())) {
            throw new NotRetryableException(job.id(), job.state().status());
        }
        holder.ifPresent(other -> {
            throw new KeyHeldException(chain, key.orElseThrow().key(), other);
        });
        key.ifPresent(held -> database.keys.write(held, new MemoryDatabase.Holder(chain, first.chainStartedAt())));
        Instant now = database.clock.now();
        return locks.write(job.with(job.state().retried(now)), now).stored(now);
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
        List<JobRow> jobs = lock(chains);
        for (JobRow job : jobs) {
            if (!transition.isAllowedFrom(job.state().status())) {
                throw new NotTriggerableException(job.id(), job.state().status());
            }
        }
        return jobs;
    }

    /** The other chain that stands in the row of a key and is not over. */
    private Optional<ChainId> holder(MemoryDatabase.Key key, ChainId chain) {
        return database.keys
                .find(key)
                .map(MemoryDatabase.Holder::chain)
                .filter(other -> !other.equals(chain))
                .filter(other -> database.lastJob(other)
                        .filter(last -> !last.state().status().isOver())
                        .isPresent());
    }

    /** Once more when the chain was continued in between: its new last job has other blockers. */
    private JobRow lockWithBlockers(ChainId chain, JobRow seen) {
        List<ChainId> chains = new ArrayList<>(seen.blockerChains());
        chains.add(chain);
        locks.lock(chains);
        JobRow last = lock(List.of(chain)).get(0);
        return last.id().equals(seen.id()) ? last : lockWithBlockers(chain, last);
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
