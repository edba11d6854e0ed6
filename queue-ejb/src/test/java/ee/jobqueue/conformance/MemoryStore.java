package ee.jobqueue.conformance;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.Causes;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Swept;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model of a store, in memory: as simple as the contract allows, with real transactions and real row locks, so that
 * the suite's races happen here as well. Forgets everything with the process. Thread-safe.
 *
 * @since 0.1
 */
public final class MemoryStore implements JobStore {

    private final MemoryStart start;
    private final MemoryAcquire acquire;
    private final MemoryFinish finish;
    private final MemoryLeases leases;
    private final MemoryLists lists;
    private final MemoryManaging managing;
    private final MemoryCounting counting;
    private final MemoryDeleting deleting;
    private final MemoryClock clock;

    MemoryStore(MemoryDatabase database) {
        MemoryBlockers blockers = new MemoryBlockers(database);
        this.start = new MemoryStart(database, blockers);
        this.acquire = new MemoryAcquire(database);
        this.finish = new MemoryFinish(database, blockers);
        this.leases = new MemoryLeases(database, blockers);
        this.lists = new MemoryLists(database);
        this.managing = new MemoryManaging(database, blockers);
        this.counting = new MemoryCounting(database);
        this.deleting = new MemoryDeleting(database);
        this.clock = database.clock;
    }

    /** Does nothing: this store is always ready. */
    @Override
    public void prepare() {
        // no configuration, no schema
    }

    @Override
    public boolean isTransient(Throwable error) {
        return Causes.of(error).stream()
                .anyMatch(cause -> cause instanceof StoreUnavailableException unavailable && unavailable.isTransient());
    }

    @Override
    public List<Started> start(List<NewJob> jobs) {
        return start.start(jobs);
    }

    @Override
    public Acquired acquire(WorkerId worker, Set<String> types, int limit) {
        return acquire.acquire(worker, types, limit);
    }

    @Override
    public void hold(Token token) {
        finish.hold(token);
    }

    @Override
    public StoredJob lock(ChainId chainId) {
        return finish.lock(chainId).stored(clock.now());
    }

    @Override
    public Finished complete(Claim claim, @Nullable String output) {
        return finish.complete(claim, output);
    }

    @Override
    public Finished continueWith(Claim claim, NewJob next) {
        return finish.continueWith(claim, next);
    }

    @Override
    public void reschedule(Token token, Schedule schedule) {
        finish.reschedule(token, schedule);
    }

    @Override
    public void conflict(Token token) {
        finish.conflict(token);
    }

    @Override
    public Finished fail(Token token, String error, @Nullable Schedule retry) {
        return finish.fail(token, error, retry);
    }

    @Override
    public List<Token> giveBack(List<Token> tokens) {
        return finish.giveBack(tokens);
    }

    @Override
    public WorkerId register(NewWorker worker, Duration lease) {
        return leases.register(worker, lease);
    }

    @Override
    public Renewal renew(WorkerId worker, Duration lease) {
        return leases.renew(worker, lease);
    }

    @Override
    public List<Token> running(WorkerId worker) {
        return leases.running(worker);
    }

    @Override
    public Reaped reap(AttemptLimits limits) {
        return leases.reap(limits);
    }

    @Override
    public void retire(WorkerId worker) {
        leases.retire(worker);
    }

    @Override
    public Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        return leases.sweep(interval, limits);
    }

    @Override
    public Optional<StoredJob> chain(ChainId id) {
        return lists.chain(id);
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return lists.job(id);
    }

    @Override
    public List<StoredJob> jobs(ChainId id) {
        return lists.jobs(id);
    }

    @Override
    public List<StoredBlocker> blockers(JobId id) {
        return lists.blockers(id);
    }

    @Override
    public Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        return lists.chains(filter, page);
    }

    @Override
    public Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        return lists.jobs(filter, page);
    }

    @Override
    public Cancelled cancel(List<ChainId> chains, Refusals refusals) {
        return managing.cancel(chains, refusals);
    }

    @Override
    public List<StoredJob> retry(List<ChainId> chains, Refusals refusals) {
        return managing.retry(chains, refusals);
    }

    @Override
    public List<StoredJob> trigger(List<ChainId> chains) {
        return managing.trigger(chains);
    }

    @Override
    public List<StoredJob> reschedule(List<ChainId> chains, Schedule schedule) {
        return managing.reschedule(chains, schedule);
    }

    @Override
    public List<JobCount> counts() {
        return counting.counts();
    }

    @Override
    public List<StoredJob> oldestDue() {
        return counting.oldestDue();
    }

    @Override
    public List<KnownWorker> workers() {
        return counting.workers();
    }

    @Override
    public List<Job> delete(Set<ChainId> chains, Cascade cascade, Refusals refusals) {
        return deleting.delete(chains, cascade, refusals);
    }

    @Override
    public List<Job> deleteOver(Set<Status> statuses, Duration age, int limit) {
        return deleting.deleteOver(statuses, age, limit);
    }

    @Override
    public List<StoredJob> prioritize(List<ChainId> chains, int priority) {
        return managing.prioritize(chains, priority);
    }
}
