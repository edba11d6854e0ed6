package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Outcome;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The finish of a staged attempt, in a transaction of its own. A transient error repeats it alone, so that what the body did
 * is not thrown away: five times, then the error counts as a failure.
 *
 * <p>Not counted are errors of an outage while the queue's own store does not answer. An error alone does not tell whose outage
 * it is: last writes may use another database, and a database may end the connection that sends it too much. So the store is
 * asked whether it still holds the job for this attempt; its answers to the rest of the worker meanwhile, such as renewals of
 * the lease, count as well. In an outage that lasts, the lease ends; the attempt is told, and finishes no more. A worker that
 * stops does not wait for the store: the job goes back.
 */
final class RepeatedFinish {

    private static final System.Logger LOG = QueueLog.logger();

    /** The first and its five repetitions. */
    private static final int TRIES = 6;

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final JobTypeDefinition type;
    private final @Nullable Outcome<?> outcome;
    private final Recording recording;
    private int counted;
    private int outages;
    private long answers;

    RepeatedFinish(
            WorkerParts parts,
            RunningAttempt attempt,
            JobTypeDefinition type,
            @Nullable Outcome<?> outcome,
            Recording recording) {
        this.parts = parts;
        this.attempt = attempt;
        this.type = type;
        this.outcome = outcome;
        this.recording = recording;
        this.answers = parts.store().answers();
    }

    /** Returns when it is recorded how the attempt ended, or will be; throws what counts as a failure. */
    void run() throws Exception {
        while (true) {
            try {
                recording.succeeded(finish());
                return;
            } catch (Exception e) {
                boolean isOutage = parts.store().isOutage(e);
                if (isOutage && isStopping()) {
                    recording.failed(e, attempt.stored().conflicts());
                    return;
                }
                if (isOutage && !isAnswering()) {
                    awaitStore(e);
                } else if (isOutage || parts.store().isTransient(e)) {
                    count(e, isOutage ? Backoff.STORE : Backoff.CONFLICT);
                } else {
                    throw e;
                }
            }
        }
    }

    private Finisher.Result finish() throws Exception {
        return InAttempt.call(() -> attempt.inNew(null, () -> parts.finishInCurrent(attempt, type, outcome)));
    }

    private boolean isStopping() {
        return attempt.cancellation()
                .filter(CancellationReason.WORKER_STOPPING::equals)
                .isPresent();
    }

    /**
     * Whether the store has answered since the last error, or does now.
     *
     * @throws LeaseLostException when it answers that the job is no longer this attempt's
     */
    private boolean isAnswering() {
        boolean hasAnswered = parts.store().answers() != answers;
        try {
            return hasAnswered || answersNow();
        } finally {
            answers = parts.store().answers();
        }
    }

    private boolean answersNow() {
        try {
            parts.store().inNew(s -> {
                s.hold(attempt.token());
                return null;
            });
            return true;
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            return !parts.store().isOutage(e);
        }
    }

    private void awaitStore(Exception error) throws InterruptedException {
        outages++;
        LOG.log(
                outages == 1 ? Level.WARNING : Level.DEBUG,
                () -> "the finish of job " + attempt.job().id() + " waits for the store, while the lease holds: "
                        + Errors.line(error));
        WorkerParts.pause(Backoff.STORE.delay(outages, parts.random()));
    }

    private void count(Exception error, Backoff backoff) throws Exception {
        counted++;
        if (counted == TRIES) {
            throw error;
        }
        LOG.log(Level.DEBUG, () -> "the finish of job " + attempt.job().id() + " is repeated: " + Errors.line(error));
        WorkerParts.pause(backoff.delay(counted, parts.random()));
    }
}
