package ee.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The executor, which knows whether any of its tasks runs. A server interrupts what still runs when an application has stopped,
 * and an interrupt in the middle of a statement can break more than that: an embedded database closes its file. Safe for use by
 * several threads.
 */
final class Tasks implements Executor {

    private final Executor executor;
    private int open;

    Tasks(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        begin();
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    end();
                }
            });
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /**
     * Waits until every task has ended, those included that have not begun. Returns early, with the interrupt kept, when the
     * thread is interrupted.
     *
     * @return whether every task has ended
     */
    boolean awaitEnd(Duration timeout) {
        return Monitors.await(this, timeout, () -> open == 0);
    }

    private synchronized void begin() {
        open++;
    }

    private synchronized void end() {
        open--;
        notifyAll();
    }
}
