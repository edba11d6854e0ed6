package ee.jobqueue.jpa;

import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the store's rows are: a server's data source with JTA, or a plain one in Java SE. Safe for use by several
 * threads.
 */
interface Database {

    /**
     * Finds the data source.
     *
     * @throws ee.jobqueue.InvalidConfigurationException when there is none of the configured name
     */
    DataSource dataSource();

    /**
     * Finds the data source that serves what reads outside of a transaction; {@code null} when that is the same one.
     *
     * @throws ee.jobqueue.InvalidConfigurationException when there is none of the configured name
     */
    @Nullable DataSource readers();

    /**
     * Finds the data source whose connections renew leases, and do nothing else; {@code null} when it is the same one.
     *
     * @throws ee.jobqueue.InvalidConfigurationException when there is none of the configured name
     */
    default @Nullable DataSource leases() {
        return null;
    }

    /**
     * Builds the persistence unit over the data source. Slow, once for each start.
     *
     * @param properties settings of Hibernate that the database needs
     */
    Sessions open(DataSource dataSource, Map<String, Object> properties);
}
