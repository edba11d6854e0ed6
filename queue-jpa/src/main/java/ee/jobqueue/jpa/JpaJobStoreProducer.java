package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.JobStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the SQL store a bean, so that having this module in the application is all that it takes to keep jobs in a
 * database. Safe for use by several threads.
 *
 * @since 0.1
 */
@Dependent
public class JpaJobStoreProducer {

    /** Called by the container. */
    public JpaJobStoreProducer() {}

    /**
     * Makes the store; it opens nothing before it is prepared.
     *
     * @param config where the settings are read
     * @return the store
     * @throws InvalidConfigurationException when a setting is not usable
     */
    @Produces
    @ApplicationScoped
    public JobStore jobStore(Config config) {
        JpaSettings settings = JpaSettings.read(name -> config.getOptionalValue(name, String.class));
        return new JpaJobStore(new JndiDatabase(settings), settings);
    }

    /**
     * Closes the store when the application stops.
     *
     * @param store the store
     */
    public void close(@Disposes JobStore store) {
        if (store instanceof JpaJobStore own) {
            own.close();
        }
    }
}
