package ee.jobqueue.engine;

import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Printable;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records how an attempt ended and tells of it.
 *
 * <p>A failure is written in a new transaction under the attempt's fence. When the fence refuses it, the attempt had lost
 * its job, or the commit whose acknowledgement was lost did happen after all: either way nothing is reported as failed. Nor is
 * it recorded that an attempt failed which was told before that it had lost its job. When the store does not answer, the record
 * is tried again until the lease is over; then the job is reaped.
 *
 * <p>Errors may be the application's own and do anything when they are asked, and so may listeners: nothing here throws.
 */
final class Recording {

    private static final System.Logger LOG = QueueLog.logger();

    /** How many transient errors in a row send a job back before one counts as a failure. */
    private static final int MAX_CONFLICTS = 5;

    /** How often a store that answers may refuse to record a failure, before its description is left out. */
    private static final int MAX_REFUSALS = 3;

    private static final Finisher.Result ABANDONED = Finisher.Result.of(AttemptEnd.ABANDONED, Finished.CONTINUED);

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final Runnable released;
    private final long begun;

    /** The attempt's thread and the attempt's record: the slot is free when both are done with. */
    private final AtomicInteger open = new AtomicInteger(2);

    /** Only the record under way touches it. */
    private int refusals;

    /** Set by the first who knows how the attempt ended; what comes later changes nothing. */
    private final AtomicBoolean ended = new AtomicBoolean();

    Recording(WorkerParts parts, RunningAttempt attempt, Runnable released) {
        this.parts = parts;
        this.attempt = attempt;
        this.released = released;
        this.begun = parts.timer().nanoTime();
    }

    /** The attempt's thread has left the processor for good. */
    void threadIsFree() {
        releaseWhenDone();
    }

    /** The finishing transaction has committed. */
    void succeeded(Finisher.Result result) {
        if (ended.compareAndSet(false, true)) {
            settle(result, null);
        }
    }

    /** The attempt failed, and counts. */
    void failed(Throwable error) {
        failed(error, MAX_CONFLICTS);
    }

    /**
     * The attempt failed; a transient error does not count, while there were not too many in a row.
     *
     * @param conflicts how many attempts in a row ended in a transient error before this one
     */
    void failed(Throwable error, int conflicts) {
        if (!ended.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "after the end of an attempt of job " + attempt.job().id(),
                    error);
            return;
        }
        boolean conflict = conflicts < MAX_CONFLICTS && parts.store().isTransient(error);
        if (!(error instanceof LeaseLostException)) {
            LOG.log(
                    conflict ? Level.DEBUG : Level.INFO,
                    () -> "attempt " + attempt.job().attempt() + " of job "
                            + attempt.job().id() + " (" + attempt.job().type() + ") failed: " + Errors.line(error));
        }
        record(error, conflict, 1);
    }

    private void record(Throwable error, boolean conflict, int tries) {
        Finisher.Result result;
        try {
            if (attempt.isJobLost()) {
                result = withoutJob();
            } else {
                result = conflict ? recordConflict() : recordFailure(text(error));
            }
        } catch (LeaseLostException e) {
            result = withoutJob();
        } catch (Throwable e) { // whatever it is, the slot must come back
            recordLater(error, conflict, tries, e);
            return;
        }
        settle(result, error);
    }

    /** A text that the store does not take must not keep the job from failing. */
    private String text(Throwable error) {
        return refusals < MAX_REFUSALS
                ? Errors.describe(error)
                : Printable.line(error.getClass().getName())
                        + ", whose description the store did not take; see the log";
    }

    private Finisher.Result recordConflict() {
        parts.store().inNew(s -> {
            s.conflict(attempt.token());
            return null;
        });
        return again(AttemptEnd.CONFLICT);
    }

    private Finisher.Result recordFailure(String text) {
        Job job = attempt.job();
        TypeSettings settings = parts.settings().of(job.type());
        int failures = job.failures() + 1;
        boolean last = settings.maxAttempts() > 0 && failures >= settings.maxAttempts();
        Schedule retry = last ? null : Schedule.after(settings.backoff().delay(failures, parts.random()));
        Finished finished = parts.store().inNew(s -> s.fail(attempt.token(), text, retry));
        return last ? Finisher.Result.of(AttemptEnd.FAILED_FOR_GOOD, finished) : again(AttemptEnd.FAILED);
    }

    private void recordLater(Throwable error, boolean conflict, int tries, Throwable storeError) {
        if (!parts.store().isOutage(storeError) && !parts.store().isTransient(storeError)) {
            refusals++;
        }
        Duration lease = parts.settings().lease();
        if (parts.timer().nanoTime() - begun > lease.toNanos() && tries > 10) {
            giveUp(error, storeError);
            return;
        }
        try {
            parts.timer()
                    .schedule(
                            Backoff.STORE.delay(tries, parts.random()),
                            () -> handOver(() -> record(error, conflict, tries + 1)));
        } catch (Throwable e) { // there is no later
            giveUp(error, storeError);
        }
    }

    /** To the executor; a server that stops refuses tasks, and then the timer's own thread does it. */
    private void handOver(Runnable task) {
        try {
            parts.executor().execute(task);
        } catch (Throwable e) { // whatever it is, the slot must come back
            LOG.log(Level.DEBUG, () -> "a record is made by the timer: " + Errors.line(e));
            task.run();
        }
    }

    private void giveUp(Throwable error, Throwable storeError) {
        LOG.log(
                Level.WARNING,
                "the failure of job " + attempt.job().id() + " could not be recorded; its lease will end it",
                storeError);
        parts.running().mayBeIncomplete(); // when it is this that fails, and not the renewal
        settle(ABANDONED, error);
    }

    /** What became of a job that is no longer this attempt's: perhaps the attempt itself has completed it. */
    private Finisher.Result withoutJob() {
        Job job = attempt.job();
        try {
            if (parts.store().reading(s -> committed(s, job))) {
                boolean over = parts.store()
                        .reading(s -> s.chain(job.chainId())
                                .map(last -> last.job().status().isOver())
                                .orElse(true));
                return (over
                                ? Finisher.Result.of(AttemptEnd.COMPLETED, Finished.OVER)
                                : Finisher.Result.of(AttemptEnd.CONTINUED, Finished.CONTINUED))
                        .andDue(job.type());
            }
        } catch (Throwable e) { // whatever it is, the slot must come back
            LOG.log(
                    Level.DEBUG,
                    () -> "could not look at job " + job.id() + " after its attempt had lost it: " + Errors.line(e));
        }
        return ABANDONED;
    }

    /** Whether this attempt, and no other, has completed the job: its commit was done though it seemed to fail. */
    private static boolean committed(JobStore store, Job job) {
        return store.job(job.id())
                .map(stored -> stored.job().status() == Status.COMPLETED
                        && stored.job().attempt() == job.attempt()
                        && job.worker() != null
                        && job.worker().equals(stored.job().worker()))
                .orElse(false);
    }

    /** The job runs again, now or later. */
    private Finisher.Result again(AttemptEnd end) {
        return Finisher.Result.of(end, Finished.CONTINUED).andDue(attempt.job().type());
    }

    /** Throws nothing, and frees the slot in any case. */
    private void settle(Finisher.Result result, @Nullable Throwable error) {
        parts.running().remove(attempt);
        Duration took = Duration.ofNanos(parts.timer().nanoTime() - begun);
        boolean isCommitted = result.end() == AttemptEnd.COMPLETED || result.end() == AttemptEnd.CONTINUED;
        AttemptEnded event = new AttemptEnded(
                attempt.job(), result.end(), result.chainOver(), result.dueTypes(), took, isCommitted ? null : error);
        parts.telling().now(listener -> listener.attemptEnded(event));
        parts.telling().now(result.resolved());
        releaseWhenDone();
    }

    private void releaseWhenDone() {
        if (open.decrementAndGet() == 0) {
            try {
                released.run();
            } catch (Throwable e) { // the slot is free; who was to be woken looks by itself
                LOG.log(Level.WARNING, "nobody could be told that a slot is free", e);
            }
        }
    }
}
