package ee.jobqueue.conformance;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One side of a random walk: a store, and by which numbers the walk knows its jobs, workers and tokens. Used by one thread.
 */
final class WalkSide {

    private final StoreHarness harness;
    private final List<JobId> jobs = new ArrayList<>();
    private final List<WorkerId> workers = new ArrayList<>();

    WalkSide(StoreHarness harness) {
        this.harness = harness;
        harness.clear();
    }

    StoreHarness harness() {
        return harness;
    }

    JobStore store() {
        return harness.store();
    }

    /** Does something in a transaction; a refusal of the queue is a result as well. */
    Object attempt(Function<WalkSide, Object> step) {
        Callable<Object> work = () -> step.apply(this);
        try {
            return Redo.inTransaction(store(), harness.transactions(), work);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (JobQueueException e) {
            return "refused: " + e.getClass().getSimpleName();
        } catch (Exception e) {
            throw new AssertionError(harness.name() + " failed", e);
        }
    }

    int jobCount() {
        return jobs.size();
    }

    int workerCount() {
        return workers.size();
    }

    JobId job(int number) {
        return jobs.get(number);
    }

    ChainId chain(int number) {
        return new ChainId(jobs.get(number).value());
    }

    WorkerId worker(int number) {
        return workers.get(number);
    }

    void know(WorkerId worker) {
        workers.add(worker);
    }

    void know(JobId job) {
        if (!jobs.contains(job)) {
            jobs.add(job);
        }
    }

    /** Forgets the jobs that are no longer there; the others move up. */
    void forgetDeleted() {
        jobs.removeIf(job -> store().job(job).isEmpty());
    }

    int number(JobId job) {
        return jobs.indexOf(job);
    }

    Token token(int job, int worker, int attempt) {
        return new Token(job(job), worker(worker), attempt);
    }

    NewJob newJob(WalkJob job) {
        Blockers blockers = new Blockers(
                job.blockers().stream()
                        .map(waits -> new Blocker(chain(waits.chain()), waits.onFailure()))
                        .toList(),
                RandomWalk.TYPES);
        return new NewJob(
                job.type(),
                job.input(),
                Schedule.after(job.delay()),
                blockers,
                deduplication(job.key()),
                job.priority(),
                job.id());
    }

    private @Nullable Deduplication deduplication(WalkJob.@Nullable Key key) {
        if (key == null) {
            return null;
        }
        Set<ChainId> disregarded =
                new HashSet<>(key.disregarded().stream().map(this::chain).toList());
        return new Deduplication(key.key(), key.scope(), key.window(), disregarded);
    }

    /** Jobs by number, in the order of the numbers. */
    List<WalkView> views(List<StoredJob> stored) {
        return stored.stream()
                .map(this::view)
                .sorted(Comparator.comparing(WalkView::job))
                .toList();
    }

    List<Integer> numbers(List<Job> list) {
        return list.stream().map(job -> number(job.id())).sorted().toList();
    }

    /** What a finish led to. */
    List<Object> finished(Finished finished) {
        return List.of(finished.chainOver(), resolved(finished.resolved()));
    }

    List<List<Integer>> resolved(Resolved resolved) {
        return List.of(numbers(resolved.unblocked()), numbers(resolved.ended()));
    }

    /** What reaping led to. */
    List<Object> reaped(Reaped reaped) {
        return List.of(numbers(reaped.jobs()), resolved(reaped.resolved()));
    }

    /** Which chains a verb left out, and why. */
    Map<Integer, String> refused(Collected refusals) {
        Map<Integer, String> reasons = new TreeMap<>();
        refusals.reasons.forEach((chain, reason) ->
                reasons.put(number(new JobId(chain.value())), reason.getClass().getSimpleName()));
        return reasons;
    }

    WalkView view(int number) {
        return view(store().job(job(number)).orElseThrow());
    }

    WalkView view(StoredJob stored) {
        Job job = stored.job();
        return new WalkView(
                number(job.id()),
                number(new JobId(job.chainId().value())),
                job.chainType(),
                job.type(),
                job.position(),
                job.status(),
                job.scheduled(),
                job.priority(),
                job.attempt(),
                job.failures(),
                stored.conflicts(),
                job.acquiredAt() != null,
                job.endedAt() != null,
                job.worker() == null ? null : workers.indexOf(new WorkerId(job.worker())),
                stored.input(),
                stored.output(),
                stored.blocked(),
                store().blockers(job.id()).stream()
                        .map(blocker -> new WalkJob.Waits(
                                number(new JobId(
                                        blocker.lastJob().job().chainId().value())),
                                blocker.onFailure()))
                        .toList());
    }

    /** Everything that can be read: all jobs, all chains, the jobs of each chain, what runs under each worker, counts. */
    List<Object> everything() {
        List<Object> all = new ArrayList<>();
        all.addAll(views(readAll(page -> store().jobs(JobFilter.ALL, page))));
        all.addAll(views(readAll(page -> store().chains(ChainFilter.ALL, page))));
        for (int number = 0; number < jobs.size(); number++) {
            List<StoredJob> ofChain = store().jobs(chain(number));
            all.add(ofChain.stream().map(job -> number(job.job().id())).toList());
        }
        for (WorkerId worker : workers) {
            all.add(numbersOf(store().running(worker)));
        }
        all.add(store().counts());
        all.add(store().oldestDue().stream().map(job -> job.job().type()).toList());
        return all;
    }

    List<Integer> numbersOf(List<Token> tokens) {
        return tokens.stream().map(token -> number(token.jobId())).sorted().toList();
    }

    private static List<StoredJob> readAll(Function<PageRequest, Page<StoredJob>> list) {
        List<StoredJob> entries = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(50));
        while (request.isPresent()) {
            Page<StoredJob> page = list.apply(request.get());
            entries.addAll(page.entries());
            request = page.next();
        }
        return entries;
    }
}
