package ee.jobqueue.engine;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;

/**
 * Wakes who waits in this server: the dispatcher for due jobs, callers of await for chains that are over. Only for speed;
 * losing a wake-up costs the time until the next poll. Safe for use by several threads.
 */
final class Wakeups implements QueueListener {

    private final ConcurrentMap<ChainId, Set<Semaphore>> waiting = new ConcurrentHashMap<>();
    private volatile Runnable dispatcher = () -> {};

    /** Says who acquires due jobs here. */
    void onDue(Runnable newDispatcher) {
        dispatcher = newDispatcher;
    }

    @Override
    public void chainsStarted(List<Job> jobs) {
        if (jobs.stream().anyMatch(job -> job.status() == Status.PENDING)) {
            dispatcher.run();
        }
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        ended(event.job().chainId(), event.chainOver(), event.dueTypes());
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {
        ended(job.chainId(), chainOver, dueTypes);
    }

    @Override
    public void reaped(List<Job> jobs) {
        dispatcher.run();
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        lastJobs.forEach(job -> ended(job.chainId(), true, Set.of()));
        dispatcher.run(); // some who waited may run all the same
    }

    @Override
    public void chainsEndedByBlocker(List<Job> lastJobs) {
        lastJobs.forEach(job -> ended(job.chainId(), true, Set.of()));
    }

    @Override
    public void chainsRetried(List<Job> lastJobs) {
        chainsStarted(lastJobs);
    }

    @Override
    public void waitingChanged(List<Job> jobs) {
        dispatcher.run();
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        lastJobs.forEach(job -> ended(job.chainId(), true, Set.of()));
    }

    /** Jobs may be due that another server made so. */
    void due() {
        dispatcher.run();
    }

    /** Chains may be over that another server ended. */
    void over(Set<ChainId> chains) {
        chains.forEach(chain -> ended(chain, true, Set.of()));
    }

    /** Anything may have happened: everybody looks. */
    void everything() {
        waiting.values().forEach(waiters -> waiters.forEach(Semaphore::release));
        dispatcher.run();
    }

    private void ended(ChainId chain, boolean chainOver, Set<String> dueTypes) {
        if (chainOver) {
            waiting.getOrDefault(chain, Set.of()).forEach(Semaphore::release);
        }
        if (!dueTypes.isEmpty()) {
            dispatcher.run();
        }
    }

    /** From now on the signal gets a permit when the chain is over. */
    void subscribe(ChainId chain, Semaphore signal) {
        waiting.compute(chain, (id, waiters) -> {
            Set<Semaphore> all = waiters == null ? new CopyOnWriteArraySet<>() : waiters;
            all.add(signal);
            return all;
        });
    }

    void unsubscribe(ChainId chain, Semaphore signal) {
        waiting.computeIfPresent(chain, (id, waiters) -> {
            waiters.remove(signal);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    @Override
    public String toString() {
        return "the wake-ups in this server";
    }
}
