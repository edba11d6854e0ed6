package ee.jobqueue.mongo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import ee.jobqueue.mongo.MongoServer;
import ee.jobqueue.mongo.MongoStateProvider;
import ee.jobqueue.mongo.server.app.Book;
import ee.jobqueue.mongo.server.app.Ledger;
import ee.jobqueue.mongo.server.own.OwnClient;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application that has a client of its own: the queue uses it, and reads none of its settings for one. */
@ArquillianTest
class OwnClientIT {

    private final String run = " " + UUID.randomUUID();

    @Deployment
    static WebArchive application() {
        return TestWar.empty(
                        "own.war",
                        Map.of(
                                "own.uri",
                                MongoServer.replicaSet().uri(),
                                "own.database",
                                "own-" + UUID.randomUUID(),
                                "jobqueue.mongo.uri",
                                "not read"))
                .addPackage("ee.jobqueue.mongo.server.app")
                .addPackage("ee.jobqueue.mongo.server.own")
                .addClass(OwnClientIT.class);
    }

    @Inject
    private JobQueue queue;

    @Inject
    private Ledger ledger;

    @Inject
    private MongoStateProvider mongo;

    @Inject
    private OwnClient own;

    @Inject
    private UserTransaction transaction;

    @Test
    void chainsAndDocumentsAreInItsDatabaseAndCommitTogether() throws Exception {
        transaction.begin();
        ledger.add("ada" + run, "ordered");
        Chain<String> chain = queue.start(new Book("ada" + run, Book.First.SUCCEEDS));
        transaction.commit();

        assertEquals("ada" + run, queue.await(chain, Duration.ofSeconds(30)));
        assertEquals(own.database(), mongo.database().getName());
        assertTrue(
                mongo.database().listCollectionNames().into(new ArrayList<>()).contains("jobqueue_job"),
                "the chains are there");
        assertEquals(1, ledger.count("ada" + run, "confirmed"));
    }
}
