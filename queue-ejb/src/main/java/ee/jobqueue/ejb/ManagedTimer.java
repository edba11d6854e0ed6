package ee.jobqueue.ejb;

import ee.jobqueue.engine.Timer;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The server's scheduled executor as the engine's timer. */
final class ManagedTimer implements Timer {

    private static final System.Logger LOG = QueueLog.logger();

    private final ScheduledExecutorService executor;

    ManagedTimer(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "not scheduled, the server stops: " + Errors.line(e));
            return () -> {};
        }
    }
}
