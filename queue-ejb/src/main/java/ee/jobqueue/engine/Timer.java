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
     * Runs a task later, once, in a thread without a transaction, which the task may keep while it asks the store: no
     * task waits for another one. Goes on while a server that is stopping takes no more tasks of other kinds.
     *
     * @param delay after how long
     * @param task the task; does not throw
     * @return cancels the task when it has not begun
     */
    Runnable schedule(Duration delay, Runnable task);
}
