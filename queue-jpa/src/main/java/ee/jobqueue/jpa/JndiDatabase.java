package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The data source of a server, found by its JNDI name; its transactions are the server's. */
final class JndiDatabase implements Database {

    private final String name;

    JndiDatabase(String name) {
        this.name = name;
    }

    @Override
    public DataSource dataSource() {
        Object found;
        try {
            found = new InitialContext().lookup(name);
        } catch (NamingException e) {
            InvalidConfigurationException refusal = new InvalidConfigurationException(
                    JpaSettings.DATA_SOURCE,
                    "there is no '" + name + "' in JNDI; define this data source on the server, or name another one");
            refusal.initCause(e);
            throw refusal;
        }
        if (found instanceof DataSource dataSource) {
            return dataSource;
        }
        throw new InvalidConfigurationException(
                JpaSettings.DATA_SOURCE,
                "'" + name + "' is a " + found.getClass().getName()
                        + ", not a javax.sql.DataSource; name a data source");
    }

    @Override
    public Sessions open(DataSource dataSource, Map<String, Object> properties) {
        return new JtaSessions(PersistenceUnit.build(dataSource, PersistenceUnitTransactionType.JTA, properties));
    }
}
