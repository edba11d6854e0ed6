package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A staged attempt: the body outside any transaction, then the finish in one. A transient error repeats the finish alone.
 * When the timeout passes first, the attempt is told and recorded as failed; what its body returns later is refused.
 */
final class StagedExecution {

    /** How often the finishing transaction is tried before a transient error counts as a failure. */
    private static final int FINISH_TRIES = 6;

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final JobTypeDefinition type;
    private final ProcessorRegistration processor;
    private final Recording recording;

    /** Set by whoever comes first: the body that returns, or the timeout. */
    private final AtomicBoolean bodyOver = new AtomicBoolean();

    StagedExecution(
            WorkerParts parts,
            RunningAttempt attempt,
            JobTypeDefinition type,
            ProcessorRegistration processor,
            Recording recording) {
        this.parts = parts;
        this.attempt = attempt;
        this.type = type;
        this.processor = processor;
        this.recording = recording;
    }

    void run() {
        Runnable cancelTimeout = startTimeout(parts.settings().of(type.name()).timeout());
        try {
            Outcome<?> outcome = InAttempt.call(this::executeBody);
            if (bodyOver.compareAndSet(false, true)) {
                finish(outcome, 1);
            }
        } catch (Throwable e) { // whatever it is, the job must not stay RUNNING
            if (bodyOver.compareAndSet(false, true)) {
                recording.failed(e);
            }
        } finally {
            cancelTimeout.run();
            recording.threadIsFree();
        }
    }

    private @Nullable Outcome<?> executeBody() throws Exception {
        attempt.loadBlockers();
        Object input = parts.payloads().decodeInput(attempt.stored(), type);
        return processor.handle().execute(input, attempt);
    }

    private void finish(@Nullable Outcome<?> outcome, int tries) {
        try {
            Finisher.Result result = InAttempt.call(
                    () -> parts.transactions().inNew(null, () -> parts.finishInCurrent(attempt, type, outcome)));
            recording.succeeded(result);
        } catch (Throwable e) { // whatever it is, the job must not stay RUNNING
            if (parts.store().isTransient(e) && tries < FINISH_TRIES) {
                parts.later(Backoff.CONFLICT.delay(tries, parts.random()), () -> finish(outcome, tries + 1));
            } else {
                recording.failed(e);
            }
        }
    }

    private Runnable startTimeout(@Nullable Duration timeout) {
        if (timeout == null) {
            return () -> {};
        }
        return parts.later(timeout, () -> {
            if (bodyOver.compareAndSet(false, true)) {
                attempt.cancel(CancellationReason.TIMED_OUT);
                recording.failed(new TimeoutException("the attempt took longer than the type's timeout of " + timeout));
            }
        });
    }
}
