package ee.jobqueue.jpa;

import ee.jobqueue.spi.JobStore;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The store in Java SE on connections that somebody else has, with its default settings. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class LocalStore implements AutoCloseable {

    private final LocalTransactions transactions = new LocalTransactions();
    private final JpaJobStore store;

    /**
     * A store that is not prepared yet.
     *
     * @param dataSource the connections, which stay open when the store is closed
     */
    public LocalStore(DataSource dataSource) {
        this.store = new JpaJobStore(
                new LocalDatabase(dataSource, transactions), JpaSettings.read(property -> Optional.empty()));
    }

    /**
     * The store.
     *
     * @return always the same
     */
    public JobStore store() {
        return store;
    }

    /**
     * The transactions in which its verbs act.
     *
     * @return always the same
     */
    public LocalTransactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        store.close();
    }
}
