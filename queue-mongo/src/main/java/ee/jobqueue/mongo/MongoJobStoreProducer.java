package ee.jobqueue.mongo;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.JobStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the MongoDB store a bean, so that having this module in the application is all that it takes to keep jobs in
 * MongoDB. Safe for use by several threads.
 *
 * @since 0.1
 */
@Dependent
public class MongoJobStoreProducer {

    /** Called by the container. */
    public MongoJobStoreProducer() {}

    /**
     * Makes the store; it opens nothing before it is prepared.
     *
     * @param config where the settings are read
     * @param provider the database and the session of the current transaction
     * @return the store
     * @throws InvalidConfigurationException when a setting is not usable
     */
    @Produces
    @ApplicationScoped
    public JobStore jobStore(Config config, MongoStateProvider provider) {
        return new MongoJobStore(provider, MongoSettings.read(name -> config.getOptionalValue(name, String.class)));
    }
}
