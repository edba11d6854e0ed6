package ee.jobqueue.mongo;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.CommitFailedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;

/**
 * The server's transactions, in which MongoDB takes part last.
 *
 * @param manager enlists
 * @param registry knows the calling thread's transaction and keeps its session
 */
record Jta(TransactionManager manager, TransactionSynchronizationRegistry registry) {

    private static final String LAST_PARTICIPANT = "com.ibm.tx.jta.OnePhaseXAResource";

    /**
     * Looks them up.
     *
     * @throws InvalidConfigurationException when this server cannot commit a resource that cannot prepare
     */
    static Jta find() {
        try {
            Class.forName(LAST_PARTICIPANT, false, Jta.class.getClassLoader());
            InitialContext naming = new InitialContext();
            return new Jta(
                    (TransactionManager) naming.lookup("java:comp/TransactionManager"),
                    (TransactionSynchronizationRegistry) naming.lookup("java:comp/TransactionSynchronizationRegistry"));
        } catch (ClassNotFoundException | NamingException e) {
            InvalidConfigurationException refusal = new InvalidConfigurationException(
                    "queue-mongo",
                    "this server cannot commit MongoDB as the last participant of a JTA transaction (" + e
                            + "): deploy on Open Liberty, and let the application see its API packages (the"
                            + " default apiTypeVisibility), or use queue-jpa");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** Whether the calling thread has a transaction to which more can be added; one that is marked for rollback counts. */
    boolean isActive() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK, Status.STATUS_PREPARING -> true;
            default -> false;
        };
    }

    /**
     * Makes a resource the last participant of the current transaction.
     *
     * @throws IllegalStateException when the transaction takes none
     */
    void enlist(XAResource resource) {
        try {
            if (!manager.getTransaction().enlistResource(resource)) {
                throw new IllegalStateException("the server did not take MongoDB into the JTA transaction");
            }
        } catch (RollbackException e) {
            throw new IllegalStateException("the JTA transaction is marked for rollback; nothing more can join it", e);
        } catch (IllegalStateException | SystemException e) {
            throw new IllegalStateException(
                    "MongoDB cannot join this JTA transaction; only one resource of it can be without two-phase commit:"
                            + " use an XA data source beside MongoDB, or none",
                    e);
        }
    }

    /** Where the current transaction, if it is the queue's own, is told why it did not commit. */
    Consumer<Throwable> failures() {
        if (registry.getResource(CommitFailedException.class) instanceof AtomicReference<?> reason) {
            @SuppressWarnings("unchecked") // as the exception's documentation says
            AtomicReference<Throwable> known = (AtomicReference<Throwable>) reason;
            return known::set;
        }
        return failure -> {};
    }

    /** Calls back after the current transaction, if it has committed. */
    void afterCommit(Runnable work) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is left to write
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    work.run();
                }
            }
        });
    }

    boolean isMarkedForRollback() {
        return registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK;
    }
}
