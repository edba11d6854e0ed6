package ee.jobqueue.chaos.member;

import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when something that takes no time and waits for nobody takes long, since the machine has other things to do:
 * what is missed then is nobody's fault.
 *
 * @since 0.1
 */
public final class Pulse implements AutoCloseable {

    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(100);

    /** Shorter ones are as usual. */
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(200);

    private final HistoryFile history;
    private final Runnable beat;
    private volatile boolean closed;

    /**
     * Beats from now on.
     *
     * @param history where stalls are written down
     * @param beat what takes no time on a quiet machine; throws nothing
     */
    public Pulse(HistoryFile history, Runnable beat) {
        this.history = history;
        this.beat = beat;
        Thread thread = new Thread(this::run, "pulse");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long last = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(BEAT);
            beat.run();
            long now = System.nanoTime();
            long late = now - last - BEAT;
            if (late > STALL && !closed) {
                history.add(What.STALLED, "millis", TimeUnit.NANOSECONDS.toMillis(late));
            }
            last = now;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
