package ee.jobqueue.mongo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Schedule;
import ee.jobqueue.mongo.MongoServer;
import ee.jobqueue.mongo.server.app.Book;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application on MongoDB listens to the others by itself. */
@ArquillianTest
class NotifierIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Deployment
    static WebArchive application() {
        MongoServer.replicaSet().endTransactions(); // the tests before this one leave some behind
        return TestWar.empty(
                        "notified.war",
                        Map.of(
                                "jobqueue.mongo.uri",
                                MongoServer.replicaSet().uri(),
                                "jobqueue.mongo.database",
                                "notified-" + UUID.randomUUID(),
                                "jobqueue.worker.poll-interval",
                                "PT1H"))
                .addPackage("ee.jobqueue.mongo.server.app")
                .addClass(NotifierIT.class);
    }

    @Inject
    private JobQueue queue;

    @Inject
    private JobStore store;

    @Inject
    private UserTransaction transaction;

    @Test
    void aJobThatThisServerDidNotStartIsAcquiredLongBeforeTheNextPoll() throws Exception {
        for (String name : List.of("first", "second", "third")) {
            assertEquals(name, queue.await(startUnnoticed(name), DEADLINE));
        }
    }

    /** Starts a chain as another server would: nobody here is woken. */
    private Chain<String> startUnnoticed(String name) throws Exception {
        transaction.begin();
        StoredJob started = store.start(List.of(new NewJob(
                        "book",
                        "{\"name\":\"" + name + "\",\"first\":\"SUCCEEDS\"}",
                        Schedule.NOW,
                        Blockers.NONE,
                        null)))
                .get(0)
                .lastJob();
        transaction.commit();
        return queue.chain(started.job().chainId(), Book.class).orElseThrow();
    }
}
