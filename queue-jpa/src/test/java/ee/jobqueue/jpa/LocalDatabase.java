package ee.jobqueue.jpa;

import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.Map;
import javax.sql.DataSource;

/** A data source of Java SE with its own transactions. */
record LocalDatabase(DataSource dataSource, LocalTransactions transactions) implements Database {

    @Override
    public Sessions open(DataSource opened, Map<String, Object> properties) {
        return transactions.open(
                PersistenceUnit.build(opened, PersistenceUnitTransactionType.RESOURCE_LOCAL, properties));
    }
}
