package ee.jobqueue.conformance;

import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Tells what a test wants, or fails as it wants. Thread-safe when the scripts are. */
final class ScriptedNotifier implements Notifier {

    final AtomicInteger subscribed = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Runnable subscribing;
    private final Supplier<Notifications> next;

    ScriptedNotifier(Runnable subscribing, Supplier<Notifications> next) {
        this.subscribing = subscribing;
        this.next = next;
    }

    @Override
    public Subscription subscribe(Duration longestWait) {
        subscribed.incrementAndGet();
        subscribing.run();
        return new Subscription() {
            @Override
            public Notifications next() {
                return next.get();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
