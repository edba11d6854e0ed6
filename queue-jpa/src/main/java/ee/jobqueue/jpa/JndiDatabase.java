package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The data sources of a server, found by their JNDI names; their transactions are the server's. */
final class JndiDatabase implements Database {

    private final JpaSettings settings;

    JndiDatabase(JpaSettings settings) {
        this.settings = settings;
    }

    @Override
    public DataSource dataSource() {
        return find(JpaSettings.DATA_SOURCE, settings.dataSource());
    }

    @Override
    public @Nullable DataSource readers() {
        return findIfNamed(JpaSettings.READER_DATA_SOURCE, settings.readerDataSource());
    }

    @Override
    public @Nullable DataSource leases() {
        return findIfNamed(JpaSettings.LEASE_DATA_SOURCE, settings.leaseDataSource());
    }

    private static @Nullable DataSource findIfNamed(String setting, @Nullable String name) {
        return name == null ? null : find(setting, name);
    }

    private static DataSource find(String setting, String name) {
        Object found;
        try {
            found = new InitialContext().lookup(name);
        } catch (NamingException e) {
            InvalidConfigurationException refusal = new InvalidConfigurationException(
                    setting,
                    "there is no '" + name + "' in JNDI; define this data source on the server, or name another one");
            refusal.initCause(e);
            throw refusal;
        }
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        throw new InvalidConfigurationException(
                setting,
                "'" + name + "' is a " + found.getClass().getName()
                        + ", not a javax.sql.DataSource; name a data source");
    }

    @Override
    public Sessions open(DataSource dataSource, Map<String, Object> properties) {
        return new JtaSessions(PersistenceUnit.build(dataSource, PersistenceUnitTransactionType.JTA, properties));
    }
}
