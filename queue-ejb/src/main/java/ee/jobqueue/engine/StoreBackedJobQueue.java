package ee.jobqueue.engine;

import ee.jobqueue.BulkResult;
import ee.jobqueue.Cascade;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainStart;
import ee.jobqueue.ChainStep;
import ee.jobqueue.Explanation;
import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.StartOptions;
import ee.jobqueue.StartRequest;
import ee.jobqueue.spi.Refusals;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The front door; each call goes to the room that does it. */
final class StoreBackedJobQueue implements JobQueue {

    private final Starting starting;
    private final OutsideCompletion outside;
    private final Awaiting awaiting;
    private final Lookup lookup;
    private final Explaining explaining;
    private final Deleting deleting;
    private final Management management;
    private final ByFilter byFilter;

    StoreBackedJobQueue(
            Starting starting,
            OutsideCompletion outside,
            Awaiting awaiting,
            Lookup lookup,
            Explaining explaining,
            Deleting deleting,
            Management management,
            ByFilter byFilter) {
        this.starting = starting;
        this.outside = outside;
        this.awaiting = awaiting;
        this.lookup = lookup;
        this.management = management;
        this.explaining = explaining;
        this.deleting = deleting;
        this.byFilter = byFilter;
    }

    @Override
    @SuppressWarnings("unchecked") // the only chain is of the only request's type
    public <O> Chain<O> start(ChainStart<O> input, StartOptions options) {
        return (Chain<O>)
                starting.start(List.of(new StartRequest<>(input, options))).get(0);
    }

    @Override
    public List<Chain<?>> startAll(List<? extends StartRequest<?>> requests) {
        return starting.start(requests);
    }

    @Override
    public <S extends ChainStep<O>, O> Chain<O> complete(
            ChainId id, Class<S> expectedStep, Function<? super S, ? extends Outcome<? extends O>> decision) {
        return outside.complete(id, expectedStep, decision);
    }

    @Override
    public <O> O await(Chain<O> chain, Duration timeout) throws InterruptedException {
        return awaiting.await(chain.id(), timeout);
    }

    @Override
    public <O> Optional<Chain<O>> chain(ChainId id, Class<? extends ChainStart<O>> type) {
        return lookup.chain(id, type);
    }

    @Override
    public Optional<Job> job(JobId id) {
        return lookup.job(id);
    }

    @Override
    public List<Job> jobs(ChainId id) {
        return lookup.jobs(id);
    }

    @Override
    public List<Job> blockers(JobId id) {
        return lookup.blockers(id);
    }

    @Override
    public Page<Job> chains(ChainFilter filter, PageRequest page) {
        return lookup.chains(filter, page);
    }

    @Override
    public Page<Job> jobs(JobFilter filter, PageRequest page) {
        return lookup.jobs(filter, page);
    }

    @Override
    public List<Job> cancel(List<ChainId> ids) {
        return management.cancel(ids, () -> Refusals.THROW);
    }

    @Override
    public BulkResult cancel(ChainFilter filter, PageRequest page) {
        return byFilter.cancel(filter, page);
    }

    @Override
    public List<Job> retry(List<ChainId> ids) {
        return management.retry(ids, () -> Refusals.THROW);
    }

    @Override
    public BulkResult retry(ChainFilter filter, PageRequest page) {
        return byFilter.retry(filter, page);
    }

    @Override
    public List<Job> trigger(List<ChainId> ids) {
        return management.trigger(ids);
    }

    @Override
    public List<Job> reschedule(List<ChainId> ids, Schedule schedule) {
        return management.reschedule(ids, schedule);
    }

    @Override
    public List<JobCount> counts() {
        return lookup.counts();
    }

    @Override
    public List<Job> oldestDue() {
        return lookup.oldestDue();
    }

    @Override
    public Explanation explain(JobId id) {
        return explaining.explain(id);
    }

    @Override
    public Set<ChainId> delete(Collection<ChainId> chains, Cascade cascade) {
        return deleting.delete(Set.copyOf(chains), cascade, () -> Refusals.THROW).stream()
                .map(Job::chainId)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public BulkResult delete(ChainFilter filter, Cascade cascade, PageRequest page) {
        return byFilter.delete(filter, cascade, page);
    }

    @Override
    public List<Job> prioritize(List<ChainId> ids, int priority) {
        return management.prioritize(ids, priority);
    }
}
