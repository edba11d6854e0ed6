package ee.jobqueue.jpa;

import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;

/**
 * The queue's own persistence unit, built in code, so that it needs no persistence.xml and does not meet the
 * application's.
 */
final class PersistenceUnit {

    private PersistenceUnit() {}

    /**
     * Builds the unit. It does no schema work: tables come from {@link Migrations}.
     *
     * @param dataSource the data source; a JTA one for JTA
     * @param transactions who ends its transactions
     * @param properties settings of Hibernate that the database needs
     */
    static SessionFactory build(
            DataSource dataSource, PersistenceUnitTransactionType transactions, Map<String, Object> properties) {
        String source = transactions == PersistenceUnitTransactionType.JTA
                ? AvailableSettings.JAKARTA_JTA_DATASOURCE
                : AvailableSettings.JAKARTA_NON_JTA_DATASOURCE;
        return new PersistenceConfiguration("jobqueue")
                .managedClass(JobEntity.class)
                .managedClass(BlockerEntity.class)
                .transactionType(transactions)
                .sharedCacheMode(SharedCacheMode.NONE)
                .validationMode(ValidationMode.NONE)
                .property(source, dataSource)
                .property(AvailableSettings.HBM2DDL_AUTO, "none")
                .properties(properties)
                .createEntityManagerFactory()
                .unwrap(SessionFactory.class);
    }
}
