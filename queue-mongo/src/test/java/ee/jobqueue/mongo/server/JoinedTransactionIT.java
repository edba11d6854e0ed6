package ee.jobqueue.mongo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.ClientSession;
import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.LogLines;
import ee.jobqueue.mongo.MongoStateProvider;
import ee.jobqueue.mongo.server.app.Book;
import ee.jobqueue.mongo.server.app.FailPoint;
import ee.jobqueue.mongo.server.app.Ledger;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Chains and the application's own documents commit together or not at all, in the server's JTA transactions. */
@ArquillianTest
class JoinedTransactionIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Tells this run's documents from those of an earlier one on the same database. */
    private final String run = " " + UUID.randomUUID();

    @Deployment
    static WebArchive application() {
        return TestWar.booking().addClasses(JoinedTransactionIT.class, LogLines.class);
    }

    @Inject
    private JobQueue queue;

    @Inject
    private Ledger ledger;

    @Inject
    private MongoStateProvider mongo;

    @Inject
    private ClientSession session;

    @Inject
    private UserTransaction transaction;

    @Test
    void whatCommitsRunsAndItsProcessorsWriteWithTheirOutcome() throws Exception {
        transaction.begin();
        ledger.add("ada" + run, "ordered");
        Chain<String> chain = queue.start(new Book("ada" + run, Book.First.SUCCEEDS));
        assertEquals(0, ledger.count("ada" + run, "ordered"), "nobody sees it before the commit");
        transaction.commit();

        assertEquals("ada" + run, queue.await(chain, DEADLINE));
        assertEquals(1, ledger.count("ada" + run, "ordered"));
        assertEquals(1, ledger.count("ada" + run, "booked"));
        assertEquals(1, ledger.count("ada" + run, "confirmed"));
    }

    @Test
    void whatRollsBackLeavesNoChainNoDocumentAndNoLogLine() throws Exception {
        try (LogLines log = new LogLines()) {
            transaction.begin();
            ledger.add("bob" + run, "ordered");
            Chain<String> undone = queue.start(new Book("bob" + run, Book.First.SUCCEEDS));
            assertTrue(queue.chain(undone.id(), Book.class).isPresent(), "the caller sees its own write");
            transaction.rollback();
            Chain<String> kept = queue.start(new Book("after bob" + run, Book.First.SUCCEEDS));
            queue.await(kept, DEADLINE);

            assertTrue(queue.chain(undone.id(), Book.class).isEmpty());
            assertEquals(0, ledger.count("bob" + run, "ordered"));
            assertEquals(0, ledger.count("bob" + run, "booked"));
            assertFalse(
                    log.all().stream()
                            .anyMatch(line -> line.contains(undone.id().value())),
                    "rollbacks are not logged");
        }
    }

    @Test
    void whatAFailedAttemptWroteIsGoneAndTheNextAttemptWritesItOnce() throws Exception {
        Chain<String> chain = queue.start(new Book("finn" + run, Book.First.FAILS));

        queue.await(chain, DEADLINE);

        Job first = queue.jobs(chain.id()).get(0);
        assertEquals(Status.COMPLETED, first.status());
        assertEquals(2, first.attempt());
        assertEquals(1, first.failures());
        assertEquals(1, ledger.count("finn" + run, "booked"));
    }

    @Test
    void theInjectedSessionIsThatOfTheCurrentTransactionAndThereIsNoneOutside() throws Exception {
        assertThrows(IllegalStateException.class, () -> ledger.entries().insertOne(session, new Document()));
        transaction.begin();
        try {
            assertSame(mongo.session(), mongo.session());
            assertSame(mongo.session().getServerSession(), session.getServerSession());
            assertThrows(IllegalStateException.class, session::commitTransaction);
        } finally {
            transaction.rollback();
        }
    }

    /** The insert from outside waits until the server has rolled back, on a thread of its own. */
    @Test
    void afterATimeOutTheSessionWritesNothingAnyMore() throws Exception {
        Document held =
                new Document("_id", "gil" + run).append("name", "gil" + run).append("entry", "late");
        transaction.setTransactionTimeout(2);
        transaction.begin();
        try {
            ClientSession late = mongo.session();
            ledger.entries().insertOne(late, held);

            ledger.entries().withTimeout(30, TimeUnit.SECONDS).insertOne(held);

            Document second = new Document("name", "gil" + run).append("entry", "late");
            assertThrows(IllegalStateException.class, () -> ledger.entries().insertOne(late, second));
        } finally {
            transaction.rollback();
            transaction.setTransactionTimeout(0);
        }
        assertEquals(1, ledger.count("gil" + run, "late"), "only what was written from outside");
    }

    @Test
    void anAttemptWhoseCommitMongoDbRefusesForNowRunsAgainAndIsNoFailure() throws Exception {
        Chain<String> chain = queue.start(new Book("hal" + run, Book.First.IS_REFUSED));

        queue.await(chain, DEADLINE);

        Job first = queue.jobs(chain.id()).get(0);
        assertEquals(2, first.attempt());
        assertEquals(0, first.failures(), first::toString);
        assertEquals(1, ledger.count("hal" + run, "booked"));
    }

    @Test
    void aCommitOfTheCallerThatMongoDbRefusesIsARollback() throws Exception {
        transaction.begin();
        ledger.add("jan" + run, "ordered");
        FailPoint.REFUSED_COMMIT.during(() -> assertThrows(RollbackException.class, transaction::commit));

        assertEquals(0, ledger.count("jan" + run, "ordered"));
    }

    @Test
    void aCommitThatIsNeverAnsweredIsNotCalledRolledBack() throws Exception {
        transaction.begin();
        ledger.add("ida" + run, "ordered");
        Exception error =
                FailPoint.LOST_COMMITS.during(() -> assertThrows(HeuristicMixedException.class, transaction::commit));

        assertTrue(error.getCause().getMessage().contains("not known"), () -> String.valueOf(error.getCause()));
    }
}
