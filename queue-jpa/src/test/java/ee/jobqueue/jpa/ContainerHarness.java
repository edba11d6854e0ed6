package ee.jobqueue.jpa;

import ee.jobqueue.JobId;
import ee.jobqueue.conformance.StoreHarness;
import ee.jobqueue.conformance.Trait;
import ee.jobqueue.ejb.ContainerTransactions;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The SQL store inside a server, as the application has it: on the container's data source, in its transactions.
 *
 * @since 0.1
 */
public final class ContainerHarness implements StoreHarness {

    private final String name;
    private final JobStore store;
    private final DataSource dataSource;
    private final Transactions transactions = ContainerTransactions.find();
    private final StoreTables tables;

    /**
     * On the application's store.
     *
     * @param name what the store is called in the report
     * @param store the application's store, prepared
     */
    public ContainerHarness(String name, JobStore store) {
        this.name = name;
        this.store = store;
        JpaSettings settings = JpaSettings.read(property -> Optional.empty());
        this.dataSource = new JndiDatabase(settings).dataSource();
        try {
            this.tables = new StoreTables(Dialects.of(dataSource, settings), this::execute);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
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

    @Override
    public void advance(Duration duration) {
        tables.advance(duration);
    }

    @Override
    public void missUnblocking(JobId job) {
        tables.missUnblocking(job);
    }

    @Override
    public void clear() {
        tables.clear();
    }

    @Override
    public Set<Trait> traits() {
        return tables.traits();
    }

    /** What is here is the server's. */
    @Override
    public void close() {}

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + sql, e);
        }
    }
}
