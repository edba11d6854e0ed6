package ee.jobqueue.conformance;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the in-memory store: READ COMMITTED with exclusive row locks, as most databases have them. A writer
 * waits for the row that another one has locked; a reader waits for nobody. Who closes a circle of waiting ends in a
 * transient error, and so does who waits too long. Thread-safe.
 *
 * @since 0.1
 */
public final class MemoryTransactions implements Transactions {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final ThreadLocal<@Nullable MemoryTransaction> current = new ThreadLocal<>();

    MemoryTransactions() {}

    @Override
    public boolean isActive() {
        return current.get() != null;
    }

    @Override
    public <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception {
        if (isActive()) {
            throw new IllegalStateException("this thread has a transaction already");
        }
        MemoryTransaction transaction = new MemoryTransaction();
        long begun = System.nanoTime();
        current.set(transaction);
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            end(transaction, false);
            throw e;
        }
        boolean late = timeout != null && System.nanoTime() - begun > timeout.toNanos();
        boolean commit = !transaction.rollbackOnly && !late;
        end(transaction, commit);
        if (!commit) {
            throw new CommitFailedException(
                    late ? "the transaction took longer than " + timeout : "the transaction was marked for rollback",
                    null);
        }
        return result;
    }

    @Override
    public void setRollbackOnly() {
        MemoryTransaction transaction = current.get();
        if (transaction != null) {
            transaction.rollbackOnly = true;
        }
    }

    @Override
    public void afterCompletion(Consumer<Boolean> callback) {
        MemoryTransaction transaction = require();
        if (transaction.rollbackOnly) {
            callback.accept(false);
        } else {
            transaction.callbacks.add(callback);
        }
    }

    @Nullable MemoryTransaction current() {
        return current.get();
    }

    MemoryTransaction require() {
        MemoryTransaction transaction = current.get();
        if (transaction == null) {
            throw new IllegalStateException("this thread has no transaction");
        }
        return transaction;
    }

    /** Locks a row until the current transaction ends; waits for whoever holds it. */
    synchronized void lock(MemoryRow<?> row) {
        MemoryTransaction transaction = require();
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        transaction.awaited = row;
        try {
            while (row.owner != null && row.owner != transaction) {
                if (transaction.wouldWaitForItself(row)) {
                    throw conflict(transaction, "deadlock");
                }
                long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (remaining <= 0) {
                    throw conflict(transaction, "waited too long for a row");
                }
                wait(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            transaction.rollbackOnly = true;
            throw new StoreUnavailableException("interrupted while waiting for a row", false, e);
        } finally {
            transaction.awaited = null;
        }
        take(row, transaction);
    }

    /** Locks a row unless another transaction has. */
    synchronized boolean tryLock(MemoryRow<?> row) {
        MemoryTransaction transaction = require();
        if (row.owner != null && row.owner != transaction) {
            return false;
        }
        take(row, transaction);
        return true;
    }

    private static void take(MemoryRow<?> row, MemoryTransaction transaction) {
        if (row.owner == null) {
            row.owner = transaction;
            transaction.locked.add(row);
        }
    }

    private static StoreUnavailableException conflict(MemoryTransaction transaction, String reason) {
        transaction.rollbackOnly = true;
        return new StoreUnavailableException(reason, true, new TimeoutException(reason));
    }

    private void end(MemoryTransaction transaction, boolean commit) {
        current.remove();
        synchronized (this) {
            transaction.locked.forEach(row -> row.release(commit));
            notifyAll();
        }
        transaction.callbacks.forEach(callback -> callback.accept(commit));
    }
}
