package ee.jobqueue.jpa;

import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source of Java SE with its own transactions.
 *
 * @param readers the data source for what reads outside of a transaction; {@code null} when it is the same
 */
record LocalDatabase(DataSource dataSource, @Nullable DataSource readers, LocalTransactions transactions)
        implements Database {

    LocalDatabase(DataSource dataSource, LocalTransactions transactions) {
        this(dataSource, null, transactions);
    }

    @Override
    public Sessions open(DataSource opened, Map<String, Object> properties) {
        return transactions.open(
                PersistenceUnit.build(opened, PersistenceUnitTransactionType.RESOURCE_LOCAL, properties));
    }
}
