package ee.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The executor, which knows whether any of its tasks runs, and whether it takes more. A server interrupts what still runs when an application has stopped,
 * and an interrupt in the middle of a statement can break more than that: an embedded database closes its file. Safe for use by
 * several threads.
 */
final class Tasks implements Executor {

    private final Executor executor;
    private volatile Runnable onRefusal = () -> {};
    private int open;

    Tasks(Executor executor) {
        this.executor = executor;
    }

    /** Says what is run when a task is refused, in the thread that came with it; it does not throw, and waits for nobody. */
    void onRefusal(Runnable told) {
        onRefusal = told;
    }

    @Override
    public void execute(Runnable task) {
        begin();
        try {
            executor.execute(() -> runAndEnd(task));
        } catch (RejectedExecutionException e) {
            end();
            onRefusal.run();
            throw e;
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** Whether the executor still takes tasks: a server that stops refuses them before its applications stop. */
    boolean takesMore() {
        try {
            execute(() -> {});
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** The same task, counted while it runs in another thread than the executor's. */
    Runnable counted(Runnable task) {
        return () -> {
            begin();
            runAndEnd(task);
        };
    }

    private void runAndEnd(Runnable task) {
        try {
            task.run();
        } finally {
            end();
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
