package ee.jobqueue.engine;

import ee.jobqueue.Job;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records how an attempt ended and tells of it.
 *
 * <p>A failure is written in a new transaction under the attempt's fence. When the fence refuses it, the attempt had lost
 * its job, or the commit whose acknowledgement was lost did happen after all: either way nothing is reported as failed.
 * When the store does not answer, the record is tried again until the lease is over; then the job is reaped.
 */
final class Recording {

    private static final System.Logger LOG = System.getLogger("ee.jobqueue");

    /** How many transient errors in a row send a job back before one counts as a failure. */
    private static final int MAX_CONFLICTS = 5;

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final Runnable released;
    private final long begun;

    /** The attempt's thread and the attempt's record: the slot is free when both are done with. */
    private final AtomicInteger open = new AtomicInteger(2);

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
                            + attempt.job().id() + " (" + attempt.job().type() + ") failed: " + error);
        }
        record(error, conflict, 1);
    }

    private void record(Throwable error, boolean conflict, int tries) {
        try {
            if (conflict) {
                parts.store().inNew(s -> {
                    s.conflict(attempt.token());
                    return null;
                });
                settle(again(AttemptEnd.CONFLICT), error);
            } else {
                recordFailure(error);
            }
        } catch (LeaseLostException e) {
            settleWithoutJob(error);
        } catch (RuntimeException e) {
            recordLater(error, conflict, tries, e);
        }
    }

    private void recordFailure(Throwable error) {
        Job job = attempt.job();
        TypeSettings settings = parts.settings().of(job.type());
        int failures = job.failures() + 1;
        boolean last = settings.maxAttempts() > 0 && failures >= settings.maxAttempts();
        Schedule retry = last ? null : Schedule.after(settings.backoff().delay(failures, parts.random()));
        Finished finished = parts.store().inNew(s -> s.fail(attempt.token(), Errors.describe(error), retry));
        settle(last ? Finisher.Result.of(AttemptEnd.FAILED_FOR_GOOD, finished) : again(AttemptEnd.FAILED), error);
    }

    private void recordLater(Throwable error, boolean conflict, int tries, RuntimeException storeError) {
        Duration lease = parts.settings().lease();
        if (parts.timer().nanoTime() - begun > lease.toNanos() && tries > 10) {
            LOG.log(
                    Level.WARNING,
                    "the failure of job " + attempt.job().id() + " could not be recorded; its lease will end it",
                    storeError);
            settle(Finisher.Result.of(AttemptEnd.ABANDONED, Finished.CONTINUED), error);
            return;
        }
        parts.later(Backoff.STORE.delay(tries, parts.random()), () -> record(error, conflict, tries + 1));
    }

    private void settleWithoutJob(Throwable error) {
        Job job = attempt.job();
        try {
            boolean committed = parts.store().inNew(s -> committed(s, job));
            if (committed) {
                boolean over = parts.store()
                        .inNew(s -> s.chain(job.chainId())
                                .map(last -> last.job().status().isOver())
                                .orElse(true));
                settle(
                        Finisher.Result.of(
                                        over ? AttemptEnd.COMPLETED : AttemptEnd.CONTINUED,
                                        over ? Finished.OVER : Finished.CONTINUED)
                                .andDue(job.type()),
                        null);
                return;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "could not look at job " + job.id() + " after its attempt had lost it: " + e);
        }
        settle(Finisher.Result.of(AttemptEnd.ABANDONED, Finished.CONTINUED), error);
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

    private void settle(Finisher.Result result, @Nullable Throwable error) {
        parts.running().remove(attempt);
        Duration took = Duration.ofNanos(parts.timer().nanoTime() - begun);
        AttemptEnded event =
                new AttemptEnded(attempt.job(), result.end(), result.chainOver(), result.dueTypes(), took, error);
        parts.telling().now(listener -> listener.attemptEnded(event));
        parts.telling().now(result.resolved());
        releaseWhenDone();
    }

    private void releaseWhenDone() {
        if (open.decrementAndGet() == 0) {
            released.run();
        }
    }
}
