package ee.jobqueue.conformance;

import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs work in a transaction, and again in a new one after a transient error, as the contract lets a store ask for. Gives
 * up after a while, since an error that does not go away is not transient.
 */
final class Redo {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Redo() {}

    static <T> T inTransaction(JobStore store, Transactions transactions, Callable<T> work) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return transactions.inNew(null, work);
            } catch (Exception e) {
                if (!store.isTransient(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                // two that redo in step would meet again and again
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(1, 10)));
            }
        }
    }
}
