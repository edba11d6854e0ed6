package ee.jobqueue.jpa;

import jakarta.persistence.PersistenceUnitTransactionType;
import javax.sql.DataSource;

/** A data source of Java SE with its own transactions. */
record LocalDatabase(DataSource dataSource, LocalTransactions transactions) implements Database {

    @Override
    public Sessions open(DataSource opened) {
        return transactions.open(PersistenceUnit.build(opened, PersistenceUnitTransactionType.RESOURCE_LOCAL));
    }
}
