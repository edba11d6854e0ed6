package ee.jobqueue.jpa;

import ee.jobqueue.ejb.ContainerTransactions;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The SQL store inside a server, as the application has it: on the container's data source, in its transactions.
 *
 * @since 0.1
 */
public final class ContainerHarness extends SqlHarness {

    private final JobStore store;
    private final Transactions transactions = ContainerTransactions.find();

    private ContainerHarness(String name, JobStore store, DataSource dataSource, Dialect dialect) {
        super(name, dataSource, dialect, TableNames.DEFAULT);
        this.store = store;
    }

    /**
     * On the application's store.
     *
     * @param name what the store is called in the report
     * @param store the application's store, prepared
     * @return the harness
     */
    public static ContainerHarness of(String name, JobStore store) {
        JpaSettings settings = JpaSettings.read(property -> Optional.empty());
        DataSource dataSource = new JndiDatabase(settings).dataSource();
        try {
            return new ContainerHarness(name, store, dataSource, Dialects.of(dataSource, settings));
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public Transactions transactions() {
        return transactions;
    }

    /** What is here is the server's. */
    @Override
    public void close() {}
}
