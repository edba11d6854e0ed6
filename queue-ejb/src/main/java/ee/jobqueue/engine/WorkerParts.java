package ee.jobqueue.engine;

import ee.jobqueue.Outcome;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the rooms of a worker share. */
record WorkerParts(
        StoreAccess store,
        Transactions transactions,
        JobTypes types,
        Payloads payloads,
        Finisher finisher,
        Telling telling,
        RunningAttempts running,
        Settings settings,
        Timer timer,
        Tasks executor,
        RandomGenerator random) {

    /** Runs a task after a delay, also in a server that stops and whose executor takes no more tasks. */
    Runnable later(Duration delay, Runnable task) {
        return timer.schedule(delay, executor.counted(task));
    }

    /** Gives back jobs that nobody here runs, in a transaction of its own. What fails, or is locked, the reconciler finds. */
    void giveBack(List<Token> tokens) {
        if (!tokens.isEmpty()) {
            running.mayBeIncomplete();
            store.inNew(s -> s.giveBack(tokens));
        }
    }

    /** Waits in the calling thread. */
    static void pause(Duration delay) throws InterruptedException {
        new Semaphore(0).tryAcquire(delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Reads what the processor of an attempt needs, and calls it. */
    @Nullable Outcome<?> execute(RunningAttempt attempt, JobTypeDefinition type, ProcessorHandle.Processor processor)
            throws Exception {
        attempt.loadBlockers();
        return processor.execute(payloads.decodeInput(attempt.stored(), type), attempt);
    }

    /** Finishes the job of an attempt in the current transaction. */
    Finisher.Result finishInCurrent(RunningAttempt attempt, JobTypeDefinition type, @Nullable Outcome<?> outcome)
            throws Exception {
        return store.inCurrent(s -> finisher.finish(s, attempt, type, outcome));
    }
}
