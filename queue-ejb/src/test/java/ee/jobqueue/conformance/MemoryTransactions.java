package ee.jobqueue.conformance;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the in-memory store: READ COMMITTED with exclusive row locks, as most databases have them. A writer
 * waits for the row that another one has locked; a reader waits for nobody. Who closes a circle of waiting ends in a
 * transient error, and so does who waits too long. Thread-safe.
 *
 * @since 0.1
 */
public final class MemoryTransactions extends ThreadTransactions<MemoryTransaction> {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    MemoryTransactions() {}

    @Override
    protected MemoryTransaction begin(@Nullable Duration timeout) {
        return new MemoryTransaction(timeout);
    }

    @Override
    protected void commit(MemoryTransaction transaction) throws CommitFailedException {
        if (transaction.isLate()) {
            throw new CommitFailedException("the transaction took longer than " + transaction.timeout, null);
        }
    }

    @Override
    protected synchronized void end(MemoryTransaction transaction, boolean committed) {
        transaction.locked.forEach(row -> row.release(committed));
        notifyAll();
    }

    MemoryTransaction require() {
        MemoryTransaction transaction = current();
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
                    throw conflict("deadlock");
                }
                long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (remaining <= 0) {
                    throw conflict("waited too long for a row");
                }
                wait(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            setRollbackOnly();
            throw new StoreUnavailableException("interrupted while waiting for a row", false, e);
        } finally {
            transaction.awaited = null;
        }
        take(row, transaction);
    }

    /** Locks a row; a conflict when another transaction has. */
    void lockAtOnce(MemoryRow<?> row) {
        if (!tryLock(row)) {
            throw conflict("a row is locked");
        }
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

    private StoreUnavailableException conflict(String reason) {
        setRollbackOnly();
        return new StoreUnavailableException(reason, true, new TimeoutException(reason));
    }
}
