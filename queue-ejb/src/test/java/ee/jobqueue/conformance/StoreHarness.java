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
     * Damages the store as a lost unblocking would: makes a pending job {@link ee.jobqueue.Status#BLOCKED} again, although
     * its blockers are completed, in a transaction of its own and without the store's verbs.
     *
     * @param job a pending job that has blockers
     */
    void missUnblocking(JobId job);

    /**
     * Makes a blocked first job {@link ee.jobqueue.Status#FAILED}, and its chain with it, in a transaction of its own and
     * without the store's verbs: none of them leads there yet.
     *
     * @param job a blocked job that is the only one of its chain
     */
    void failBlocked(JobId job);

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
