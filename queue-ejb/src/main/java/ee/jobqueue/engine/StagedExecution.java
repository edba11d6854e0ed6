package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A staged attempt: the body outside any transaction, then the finish in one, which {@link RepeatedFinish} repeats. When the
 * timeout passes first, the attempt is told and recorded as failed; what its body returns later is refused.
 */
final class StagedExecution {

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final JobTypeDefinition type;
    private final ProcessorHandle.Processor processor;
    private final Recording recording;

    /** Set by whoever comes first: the body that returns, or the timeout. */
    private final AtomicBoolean bodyOver = new AtomicBoolean();

    StagedExecution(
            WorkerParts parts,
            RunningAttempt attempt,
            JobTypeDefinition type,
            ProcessorHandle.Processor processor,
            Recording recording) {
        this.parts = parts;
        this.attempt = attempt;
        this.type = type;
        this.processor = processor;
        this.recording = recording;
    }

    void run() {
        Runnable cancelTimeout = startTimeout(parts.settings().of(type.name()).timeout());
        boolean inTime = false;
        try {
            Outcome<?> outcome = InAttempt.call(() -> parts.execute(attempt, type, processor));
            inTime = bodyOver.compareAndSet(false, true);
            if (inTime) {
                new RepeatedFinish(parts, attempt, type, outcome, recording).run();
            }
        } catch (Throwable e) { // whatever it is, the job must not stay RUNNING
            if (inTime || bodyOver.compareAndSet(false, true)) {
                recording.failed(e);
            }
        } finally {
            cancelTimeout.run();
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
