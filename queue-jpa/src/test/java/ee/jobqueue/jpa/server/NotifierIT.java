package ee.jobqueue.jpa.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Schedule;
import ee.jobqueue.jpa.server.notified.Handed;
import ee.jobqueue.jpa.server.notified.Note;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.StoredJob;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A notifier is a bean that is found by itself; the server listens to it on a thread that knows the application. */
@ArquillianTest
class NotifierIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Deployment
    static WebArchive application() {
        return TestWar.empty("notified.war", Map.of("jobqueue.worker.poll-interval", "PT1H"))
                .addPackage("ee.jobqueue.jpa.server.notified")
                .addClass(NotifierIT.class);
    }

    @Inject
    private JobQueue queue;

    @Inject
    private JobStore store;

    @Inject
    private Handed notifier;

    @Inject
    private UserTransaction transaction;

    @Test
    void aJobThatThisServerDidNotStartIsAcquiredWhenTheNotifierTellsOfIt() throws Exception {
        assertTrue(notifier.awaitListening(), "on a thread of the application");
        Chain<String> first = startUnnoticed("first");
        notifier.tell(new Notifications(Set.of("note"), Set.of(), Set.of()));
        assertEquals("first", queue.await(first, DEADLINE));

        Chain<String> second = startUnnoticed("second");
        notifier.tell(new Notifications(Set.of("note"), Set.of(), Set.of()));
        assertEquals("second", queue.await(second, DEADLINE));
    }

    /** Starts a chain as another server would: nobody here is woken. */
    private Chain<String> startUnnoticed(String text) throws Exception {
        transaction.begin();
        StoredJob started = store.start(
                        List.of(new NewJob("note", "{\"text\":\"" + text + "\"}", Schedule.NOW, Blockers.NONE, null)))
                .get(0)
                .lastJob();
        transaction.commit();
        return queue.chain(started.job().chainId(), Note.class).orElseThrow();
    }
}
