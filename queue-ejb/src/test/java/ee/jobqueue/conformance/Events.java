package ee.jobqueue.conformance;

import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.engine.AttemptEnded;
import ee.jobqueue.engine.LeaseRenewed;
import ee.jobqueue.engine.QueueListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what listeners were told, and fails on demand. Thread-safe. */
final class Events implements QueueListener {

    final List<Job> started = new CopyOnWriteArrayList<>();
    final List<AttemptEnded> ended = new CopyOnWriteArrayList<>();
    final List<Job> completedFromOutside = new CopyOnWriteArrayList<>();
    final List<Job> cancelled = new CopyOnWriteArrayList<>();
    final List<Job> endedByBlocker = new CopyOnWriteArrayList<>();
    final List<Job> retried = new CopyOnWriteArrayList<>();
    final List<Job> reaped = new CopyOnWriteArrayList<>();
    final List<Job> deleted = new CopyOnWriteArrayList<>();
    final List<LeaseRenewed> renewals = new CopyOnWriteArrayList<>();
    final AtomicInteger listenerFailures = new AtomicInteger();
    final AtomicInteger notifierFailures = new AtomicInteger();
    volatile boolean failing;

    @Override
    public void chainsStarted(List<Job> jobs) {
        started.addAll(jobs);
        failOnDemand();
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        ended.add(event);
        failOnDemand();
    }

    @Override
    public void completedFromOutside(Job job, boolean chainOver, Set<String> dueTypes) {
        completedFromOutside.add(job);
    }

    @Override
    public void chainsCancelled(List<Job> lastJobs) {
        cancelled.addAll(lastJobs);
    }

    @Override
    public void chainsEndedByBlocker(List<Job> lastJobs) {
        endedByBlocker.addAll(lastJobs);
    }

    @Override
    public void chainsRetried(List<Job> lastJobs) {
        retried.addAll(lastJobs);
    }

    @Override
    public void reaped(List<Job> jobs) {
        reaped.addAll(jobs);
    }

    @Override
    public void chainsDeleted(List<Job> lastJobs) {
        deleted.addAll(lastJobs);
    }

    @Override
    public void leaseRenewed(LeaseRenewed event) {
        renewals.add(event);
    }

    @Override
    public void listenerFailed(Throwable error) {
        listenerFailures.incrementAndGet();
    }

    @Override
    public void notifierFailed(Throwable error) {
        notifierFailures.incrementAndGet();
    }

    List<AttemptEnd> endsOf(JobId job) {
        return ended.stream()
                .filter(event -> event.job().id().equals(job))
                .map(AttemptEnded::end)
                .toList();
    }

    private void failOnDemand() {
        if (failing) {
            throw new IllegalStateException("this listener fails");
        }
    }
}
