package ee.jobqueue.chaos.proxy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets packets pass, late, or not at all: those wait, as a sender repeats what is lost. Safe for use by several
 * threads.
 */
final class Gate {

    private boolean open = true;
    private boolean gone;
    private Duration delay = Duration.ZERO;

    /** Returns when a packet has passed. */
    void pass() throws IOException {
        long late = System.nanoTime() + delay().toNanos();
        synchronized (this) {
            try {
                for (long left = late - System.nanoTime(); left > 0 && !gone; left = late - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
                while (!open && !gone) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            if (gone) {
                throw new IOException("there is no network any more");
            }
        }
    }

    private synchronized Duration delay() {
        return delay;
    }

    synchronized void delay(Duration newDelay) {
        delay = newDelay;
    }

    synchronized void set(boolean isOpen) {
        open = isOpen;
        notifyAll();
    }

    /** Everybody who waits gives up. */
    synchronized void remove() {
        gone = true;
        notifyAll();
    }
}
