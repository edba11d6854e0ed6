package ee.jobqueue.ejb;

import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's JTA transactions. Uses the transaction manager and not {@code UserTransaction}, which is refused inside
 * beans whose transactions the container manages.
 */
final class JtaTransactions implements Transactions {

    private final TransactionManager manager;
    private final TransactionSynchronizationRegistry registry;

    JtaTransactions(TransactionManager manager, TransactionSynchronizationRegistry registry) {
        this.manager = manager;
        this.registry = registry;
    }

    @Override
    public boolean isActive() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK -> false;
            default -> true;
        };
    }

    @Override
    public <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception {
        begin(timeout);
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            rollBack(e);
            throw e;
        }
        commit();
        return result;
    }

    @Override
    public void setRollbackOnly() {
        if (isActive()) {
            registry.setRollbackOnly();
        }
    }

    @Override
    public void afterCompletion(Consumer<Boolean> callback) {
        if (registry.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
            callback.accept(false);
            return;
        }
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is left to write
            }

            @Override
            public void afterCompletion(int status) {
                callback.accept(status == Status.STATUS_COMMITTED);
            }
        });
    }

    private void begin(@Nullable Duration timeout) throws Exception {
        if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("the thread has a transaction already");
        }
        manager.setTransactionTimeout(timeout == null ? 0 : (int) Math.max(1, timeout.toSeconds()));
        try {
            manager.begin();
        } finally {
            manager.setTransactionTimeout(0);
        }
    }

    private void commit() throws Exception {
        int status = manager.getStatus();
        if (status == Status.STATUS_NO_TRANSACTION) {
            throw new CommitFailedException("the work has ended the transaction itself", null);
        }
        if (status != Status.STATUS_ACTIVE) {
            CommitFailedException marked = new CommitFailedException(
                    "the transaction was marked for rollback, or its timeout has passed", null);
            rollBack(marked);
            throw marked;
        }
        try {
            manager.commit();
        } catch (Exception e) {
            CommitFailedException failed = new CommitFailedException("the transaction did not commit", e);
            rollBack(failed);
            throw failed;
        }
    }

    /** Leaves the thread without a transaction, whatever happened. */
    private void rollBack(Throwable reason) {
        try {
            if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
                manager.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
