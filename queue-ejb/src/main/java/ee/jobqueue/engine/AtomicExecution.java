package ee.jobqueue.engine;

import ee.jobqueue.Outcome;

/**
 * An atomic attempt: input, blockers, processor and finish in one transaction. Whatever fails, the commit included, rolls
 * all of it back and is recorded in a new one.
 */
final class AtomicExecution {

    private final WorkerParts parts;
    private final RunningAttempt attempt;
    private final JobTypeDefinition type;
    private final ProcessorHandle.Processor processor;
    private final Recording recording;

    AtomicExecution(
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
        try {
            Finisher.Result result = InAttempt.call(
                    () -> attempt.inNew(parts.settings().of(type.name()).timeout(), this::executeAndFinish));
            recording.succeeded(result);
        } catch (Throwable e) { // whatever it is, the job must not stay RUNNING
            recording.failed(e, attempt.stored().conflicts());
        }
    }

    private Finisher.Result executeAndFinish() throws Exception {
        Outcome<?> outcome = parts.execute(attempt, type, processor);
        return parts.finishInCurrent(attempt, type, outcome);
    }
}
