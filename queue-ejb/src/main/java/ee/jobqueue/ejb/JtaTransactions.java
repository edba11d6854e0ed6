package ee.jobqueue.ejb;

import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's JTA transactions, begun and ended by {@link Demarcation}. */
final class JtaTransactions implements Transactions {

    private final List<Demarcation> demarcations;
    private final TransactionSynchronizationRegistry registry;

    /**
     * Transactions.
     *
     * @param demarcations ways to begin a transaction; the first that the calling thread may use is taken
     */
    JtaTransactions(List<Demarcation> demarcations, TransactionSynchronizationRegistry registry) {
        this.demarcations = List.copyOf(demarcations);
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
        if (registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("the thread has a transaction already");
        }
        Demarcation demarcation = begin(timeout == null ? 0 : (int) Math.max(1, timeout.toSeconds()));
        AtomicReference<@Nullable Throwable> reason = new AtomicReference<>();
        registry.putResource(CommitFailedException.class, reason);
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            rollBack(demarcation, e);
            throw e;
        }
        commit(demarcation, reason);
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

    private Demarcation begin(int seconds) throws Exception {
        IllegalStateException refused = null;
        for (Demarcation demarcation : demarcations) {
            try {
                demarcation.begin(seconds);
                return demarcation;
            } catch (IllegalStateException e) {
                refused = e; // not allowed where the caller is; the next way may be
            }
        }
        throw new IllegalStateException("no transaction can be begun here", refused);
    }

    private void commit(Demarcation demarcation, AtomicReference<@Nullable Throwable> reason)
            throws CommitFailedException {
        int status = registry.getTransactionStatus();
        if (status == Status.STATUS_NO_TRANSACTION) {
            throw new CommitFailedException("the work has ended the transaction itself", null);
        }
        if (status != Status.STATUS_ACTIVE) {
            CommitFailedException marked = new CommitFailedException(
                    "the transaction was marked for rollback, or its timeout has passed", null);
            rollBack(demarcation, marked);
            throw marked;
        }
        try {
            demarcation.commit();
        } catch (Exception e) {
            CommitFailedException failed = failure(e, reason.get());
            rollBack(demarcation, failed);
            throw failed;
        }
    }

    /** A transaction manager may say no more than that it has rolled back; the participant knows why. */
    private static CommitFailedException failure(Exception error, @Nullable Throwable reason) {
        if (reason == null) {
            return new CommitFailedException("the transaction did not commit", error);
        }
        CommitFailedException failed = new CommitFailedException("the transaction did not commit", reason);
        failed.addSuppressed(error);
        return failed;
    }

    /** Leaves the thread without a transaction, whatever happened. */
    private void rollBack(Demarcation demarcation, Throwable reason) {
        try {
            if (registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
                demarcation.rollback();
            }
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }
}
