package ee.jobqueue.jpa.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Status;
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.conformance.LogLines;
import ee.jobqueue.jpa.server.app.Book;
import ee.jobqueue.jpa.server.app.Ledger;
import ee.jobqueue.jpa.server.app.ManagedCaller;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Chains and the application's own table commit together or not at all, in the container's transactions, on one data source. */
@ArquillianTest
class JoinedTransactionIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Tells this run's rows from those of an earlier one on the same database. */
    private final String run = " " + UUID.randomUUID();

    @Deployment
    static WebArchive application() {
        return TestWar.booking().addClasses(JoinedTransactionIT.class, LogLines.class);
    }

    @Inject
    private JobQueue queue;

    @Inject
    private Ledger ledger;

    @EJB
    private ManagedCaller caller;

    @Inject
    private UserTransaction transaction;

    @Test
    void whatCommitsRunsAndItsProcessorsAreInjectedAndWriteWithTheirOutcome() throws Exception {
        transaction.begin();
        ledger.add("ada" + run, "ordered");
        Chain<String> chain = queue.start(new Book("ada" + run, false));
        transaction.commit();

        assertEquals("ada" + run + " outside=true calls=1,2", queue.await(chain, DEADLINE));
        assertEquals(1, ledger.count("ada" + run, "ordered"));
        assertEquals(1, ledger.count("ada" + run, "booked"));
        assertEquals(1, ledger.count("ada" + run, "confirmed"));
    }

    @Test
    void whatRollsBackLeavesNoChainNoRowAndNoLogLine() throws Exception {
        try (LogLines log = new LogLines()) {
            transaction.begin();
            ledger.add("bob" + run, "ordered");
            Chain<String> undone = queue.start(new Book("bob" + run, false));
            assertTrue(queue.chain(undone.id(), Book.class).isPresent(), "the caller sees its own write");
            transaction.rollback();
            Chain<String> kept = queue.start(new Book("after bob" + run, false));
            queue.await(kept, DEADLINE);

            assertTrue(queue.chain(undone.id(), Book.class).isEmpty());
            assertEquals(0, ledger.count("bob" + run, "ordered"));
            assertEquals(0, ledger.count("bob" + run, "booked"));
            assertTrue(
                    log.all().stream().anyMatch(line -> line.contains(kept.id().value())), "commits are logged");
            assertFalse(
                    log.all().stream()
                            .anyMatch(line -> line.contains(undone.id().value())),
                    "rollbacks are not");
        }
    }

    @Test
    void anEnterpriseBeanStartsInItsContainersTransactionOrAlone() throws Exception {
        Chain<String> kept = caller.start("cleo" + run, false);
        Chain<String> undone = caller.start("dan" + run, true);
        Chain<String> alone = caller.startAlone("eve" + run);

        queue.await(kept, DEADLINE);
        queue.await(alone, DEADLINE);
        assertTrue(queue.chain(undone.id(), Book.class).isEmpty());
        assertEquals(0, ledger.count("dan" + run, "ordered"));
        assertEquals(1, ledger.count("cleo" + run, "booked"));
        assertEquals(1, ledger.count("eve" + run, "confirmed"));
    }

    @Test
    void whatAFailedAttemptWroteIsGoneAndTheNextAttemptWritesItOnce() throws Exception {
        Chain<String> chain = queue.start(new Book("finn" + run, true));

        queue.await(chain, DEADLINE);

        Job first = queue.jobs(chain.id()).get(0);
        assertEquals(Status.COMPLETED, first.status());
        assertEquals(2, first.attempt());
        assertEquals(1, first.failures());
        assertEquals(1, ledger.count("finn" + run, "booked"));
    }

    @Test
    void awaitingInsideATransactionIsRefused() throws Exception {
        transaction.begin();
        try {
            Chain<String> chain = queue.start(new Book("gil" + run, false));
            assertThrows(TransactionNotAllowedException.class, () -> queue.await(chain, DEADLINE));
        } finally {
            transaction.rollback();
        }
    }
}
