package ee.jobqueue.engine;

import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.QueueLog;
import ee.jobqueue.spi.Subscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listens to what other servers do, in a thread of its own, and wakes whom it concerns here.
 *
 * <p>After some notifications it waits for a moment, so that those which come meanwhile are one, and lead to one acquire.
 * Each new subscription is followed by a look at everything, since nobody was told of what happened before it. An outage
 * is logged at its begin and at its end; until then the store is polled as ever.
 */
final class Listening implements Runnable {

    private static final System.Logger LOG = QueueLog.logger();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(10);

    /** Far longer than a subscription waits; the stop of a server does not hang on a lost connection. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final WorkerParts parts;
    private final Notifier notifier;
    private final Wakeups wakeups;
    private final Ownership ownership;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private int failures;

    Listening(WorkerParts parts, Notifier notifier, Wakeups wakeups) {
        this.parts = parts;
        this.notifier = notifier;
        this.wakeups = wakeups;
        this.ownership = new Ownership(parts.store(), parts.running());
    }

    @Override
    public void run() {
        try {
            boolean again = true;
            while (again) {
                again = listen() && !pause(Backoff.STORE.delay(failures, parts.random()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } finally {
            ended.countDown();
        }
    }

    /** Listens no more. Returns at once. */
    void stop() {
        stopped.countDown();
    }

    /** Waits until the connection is closed. Returns early, with the interrupt kept, when the thread is interrupted. */
    void awaitEnd() {
        try {
            if (!ended.await(LONGEST_END.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.WARNING, "the notifier does not let go of its connection; it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens until the connection is lost; whether to try again. */
    private boolean listen() throws InterruptedException {
        try (Subscription subscription = notifier.subscribe(LONGEST_WAIT)) {
            lookAtEverything();
            boolean going = !pause(Duration.ZERO);
            while (going) {
                Notifications told = subscription.next();
                received();
                pass(told);
                going = !pause(told.isEmpty() ? Duration.ZERO : GATHER);
            }
            return false;
        } catch (UnsupportedOperationException e) {
            LOG.log(Level.INFO, "other servers are not listened to, the store is polled: " + Errors.line(e));
            return false;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // whatever it is, the thread goes on
            failed(e);
            return true;
        }
    }

    private boolean pause(Duration delay) throws InterruptedException {
        return stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void pass(Notifications told) {
        wakeups.over(told.over());
        if (!Collections.disjoint(told.due(), parts.types().processed())) {
            wakeups.due();
        }
        checkOwnership(() -> ownership.check(told.lost()));
    }

    private void lookAtEverything() {
        wakeups.everything();
        checkOwnership(ownership::checkAll);
    }

    /** What the store refuses here is no failure of the notifier; the next renewal looks again. */
    private static void checkOwnership(Runnable check) {
        try {
            check.run();
        } catch (Throwable e) { // whatever it is, the thread goes on
            LOG.log(Level.WARNING, "could not look at the running attempts, the next renewal does: " + Errors.line(e));
        }
    }

    private void received() {
        if (failures > 0) {
            LOG.log(Level.INFO, "notifications are received again, after " + failures + " failures");
            failures = 0;
        }
    }

    private void failed(Throwable error) {
        failures++;
        if (failures == 1) {
            LOG.log(
                    Level.WARNING,
                    "notifications are not received, the store is polled until they are: " + Errors.line(error));
        } else {
            LOG.log(
                    Level.DEBUG,
                    () -> "notifications are not received, failure " + failures + ": " + Errors.line(error));
        }
        parts.telling().now(listener -> listener.notifierFailed(error));
    }
}
