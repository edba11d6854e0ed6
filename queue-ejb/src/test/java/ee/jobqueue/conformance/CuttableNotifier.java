package ee.jobqueue.conformance;

import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a notifier, and lets a test cut its connections as a network would. Thread-safe. */
final class CuttableNotifier implements Notifier {

    final AtomicInteger subscribed = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    private final Notifier real;
    private volatile boolean cut;

    CuttableNotifier(Notifier real) {
        this.real = real;
    }

    /** From now on connections are lost, with what they were about to tell, and none can be opened. */
    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    @Override
    public Subscription subscribe(Duration longestWait) {
        failWhenCut();
        Subscription open = real.subscribe(longestWait);
        subscribed.incrementAndGet();
        return new Subscription() {
            @Override
            public Notifications next() {
                asked.incrementAndGet();
                failWhenCut();
                Notifications told = open.next();
                failWhenCut();
                return told;
            }

            @Override
            public void close() {
                open.close();
                closed.incrementAndGet();
            }
        };
    }

    private void failWhenCut() {
        if (cut) {
            throw new IllegalStateException("the connection is cut");
        }
    }
}
