package ee.jobqueue.engine;

import ee.jobqueue.spi.StoredJob;

/**
 * Runs acquired jobs. One attempt is a pipeline of small steps, each of which leads to the next or to the recording of a
 * failure: {@link AtomicExecution} and {@link StagedExecution}.
 */
final class AttemptRunner {

    private final WorkerParts parts;

    AttemptRunner(WorkerParts parts) {
        this.parts = parts;
    }

    /**
     * Hands an acquired job to the executor.
     *
     * @param released called once, when the attempt has ended and its thread is free
     */
    void submit(StoredJob stored, Runnable released) {
        RunningAttempt attempt =
                new RunningAttempt(stored, parts.store(), parts.transactions(), parts.payloads(), parts.types());
        parts.running().add(attempt);
        try {
            parts.executor().execute(() -> run(attempt, released));
        } catch (RuntimeException | Error e) { // such as no memory for a thread
            parts.running().remove(attempt);
            throw e;
        }
    }

    private void run(RunningAttempt attempt, Runnable released) {
        if (!attempt.begin()) {
            released.run(); // given back unstarted meanwhile
            return;
        }
        Recording recording = new Recording(parts, attempt, released);
        try {
            ProcessorRegistration registration =
                    parts.types().processorOf(attempt.job().type()).orElseThrow();
            JobTypeDefinition type = parts.types().of(registration.inputClass());
            registration.handle().during(processor -> {
                switch (registration.mode()) {
                    case ATOMIC -> new AtomicExecution(parts, attempt, type, processor, recording).run();
                    case STAGED -> new StagedExecution(parts, attempt, type, processor, recording).run();
                }
            });
        } catch (Throwable e) { // whatever it is, the job must not stay RUNNING
            recording.failed(e);
        } finally {
            recording.threadIsFree();
        }
    }
}
