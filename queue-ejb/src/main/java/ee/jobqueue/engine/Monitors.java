package ee.jobqueue.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits on a monitor, with a deadline. */
final class Monitors {

    private Monitors() {}

    /**
     * Waits until something is so, looking whenever the monitor is notified. Returns early, with the interrupt kept, when the
     * thread is interrupted.
     *
     * @return whether it is so
     */
    static boolean await(Object monitor, Duration timeout, BooleanSupplier isSo) {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (monitor) {
            try {
                while (!isSo.getAsBoolean()) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(left, 1_000_000));
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
