package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** One notifier. */
@ApplicationScoped
public class FirstNotifier implements Notifier {

    @Override
    public Subscription subscribe(Duration longestWait) {
        throw new UnsupportedOperationException("it tells nothing");
    }
}
