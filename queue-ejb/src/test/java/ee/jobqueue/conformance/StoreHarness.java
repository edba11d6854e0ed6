package ee.jobqueue.conformance;

import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.Set;

/**
 * What a store brings to be tested: itself, its transactions, and command over its time. Write one for your store, then a
 * test class that implements {@link JobStoreContract} and returns it.
 *
 * @since 0.1
 */
public interface StoreHarness extends AutoCloseable {

    /**
     * The store, prepared.
     *
     * @return always the same store
     */
    JobStore store();

    /**
     * The transactions in which the store's verbs act.
     *
     * @return always the same
     */
    Transactions transactions();

    /**
     * Lets time pass, by shifting every stored time back; the store's own code stays as it is.
     *
     * @param duration how much, in whole milliseconds
     */
    void advance(Duration duration);

    /** Empties the store. Called before each test. */
    void clear();

    /**
     * In what the store differs, as declared in its documentation.
     *
     * @return the traits; empty when it differs in nothing
     */
    Set<Trait> traits();

    /** Ends what the harness started. */
    @Override
    void close();
}
