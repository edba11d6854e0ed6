package ee.jobqueue.conformance;

import ee.jobqueue.JobId;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.Set;

/**
 * What a store brings to be tested: itself, its transactions, and command over its time. Write one for your store, then a
 * test class that implements {@code JobStoreContract} and returns it.
 *
 * @since 0.1
 */
public interface StoreHarness extends AutoCloseable {

    /**
     * What the store is called in the report of what ran, and in {@code required-stores}.
     *
     * @return the name, such as {@code PostgreSQL}
     */
    String name();

    /**
     * Which version of the database the suite runs against.
     *
     * @return the version, as the database itself tells it
     */
    String version();

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

    /**
     * Damages the store as a lost unblocking would: makes a job {@link ee.jobqueue.Status#BLOCKED} again, and its chain
     * open, although it is settled by its blockers what becomes of it, in a transaction of its own and without the
     * store's verbs.
     *
     * @param job a job that has blockers and is pending, or that is failed or cancelled and the first of its chain
     */
    void missUnblocking(JobId job);

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
