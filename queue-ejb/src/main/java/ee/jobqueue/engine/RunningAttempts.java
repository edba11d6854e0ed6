package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.Token;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The attempts that run in this server. Told of jobs that are completed, cancelled or deleted in it. Safe for use by several
 * threads.
 */
final class RunningAttempts implements QueueListener {

    private final ConcurrentMap<Token, RunningAttempt> byToken = new ConcurrentHashMap<>();
    private final AtomicBoolean incomplete = new AtomicBoolean();

    void add(RunningAttempt attempt) {
        byToken.put(attempt.token(), attempt);
    }

    synchronized void remove(RunningAttempt attempt) {
        byToken.remove(attempt.token());
        notifyAll();
    }

    /** The store may hold running jobs of this worker that are not here: an answer was lost, or nothing could be recorded. */
    void mayBeIncomplete() {
        incomplete.set(true);
    }

    /** Whether that was said since the last call. */
    boolean takeIncomplete() {
        return incomplete.getAndSet(false);
    }

    /** Waits until none runs. Returns early, with the interrupt kept, when the thread is interrupted. */
    boolean awaitEmpty(Duration timeout) {
        return Monitors.await(this, timeout, byToken::isEmpty);
    }

    Collection<RunningAttempt> all() {
        return List.copyOf(byToken.values());
    }

    Set<Token> tokens() {
        return Set.copyOf(byToken.keySet());
    }

    boolean isEmpty() {
        return byToken.isEmpty();
    }

    void cancelAll(CancellationReason reason) {
        byToken.values().forEach(attempt -> attempt.cancel(reason));
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {
        cancel(job.id(), CancellationReason.COMPLETED_ELSEWHERE);
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        lastJobs.forEach(job -> cancel(job.id(), CancellationReason.CANCELLED));
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        lastJobs.forEach(job -> cancel(job.id(), CancellationReason.DELETED));
    }

    private void cancel(JobId id, CancellationReason reason) {
        byToken.values().stream()
                .filter(attempt -> attempt.job().id().equals(id))
                .forEach(attempt -> attempt.cancel(reason));
    }

    @Override
    public String toString() {
        return "the running attempts";
    }
}
