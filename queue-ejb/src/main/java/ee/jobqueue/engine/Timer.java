package ee.jobqueue.engine;

import java.time.Duration;

/**
 * Time, as the engine measures its own waits; jobs are scheduled by the store's clock. A port, so that tests let time
 * pass. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Timer {

    /**
     * A monotonic clock.
     *
     * @return nanoseconds since some point; only differences mean something
     */
    long nanoTime();

    /**
     * Runs a task later, once. The task is short, or hands over to an executor.
     *
     * @param delay after how long
     * @param task the task; does not throw
     * @return cancels the task when it has not begun
     */
    Runnable schedule(Duration delay, Runnable task);
}
