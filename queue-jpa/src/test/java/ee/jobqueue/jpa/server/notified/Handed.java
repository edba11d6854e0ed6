package ee.jobqueue.jpa.server.notified;

import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Tells what a test hands over, as if another server had done it. */
@ApplicationScoped
public class Handed implements Notifier {

    private static final System.Logger LOG = System.getLogger(Handed.class.getName());

    private final BlockingQueue<Notifications> handed = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<Boolean> atHome = new AtomicReference<>(false);

    @Override
    public Subscription subscribe(Duration longestWait) {
        atHome.set(seesTheApplication());
        return new Subscription() {
            @Override
            public Notifications next() {
                asked.countDown();
                try {
                    Notifications next = handed.poll(longestWait.toMillis(), TimeUnit.MILLISECONDS);
                    return next == null ? Notifications.NONE : next;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Notifications.NONE;
                }
            }

            @Override
            public void close() {
                LOG.log(
                        System.Logger.Level.INFO,
                        "the notifier was let go, in the application: " + seesTheApplication());
            }
        };
    }

    /** Hands over what happened elsewhere. */
    public void tell(Notifications notifications) {
        handed.add(notifications);
    }

    /** Waits until the server listens; whether its thread has the application's class loader and naming. */
    public boolean awaitListening() throws InterruptedException {
        return asked.await(30, TimeUnit.SECONDS) && atHome.get();
    }

    private static boolean seesTheApplication() {
        try {
            InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return loader.loadClass(Handed.class.getName()) == Handed.class;
        } catch (NamingException | ClassNotFoundException e) {
            return false;
        }
    }
}
