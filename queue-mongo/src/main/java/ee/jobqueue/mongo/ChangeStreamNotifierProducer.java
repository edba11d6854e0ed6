package ee.jobqueue.mongo;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.Notifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the change stream a bean beside the store. Safe for use by several threads.
 *
 * @since 0.1
 */
@Dependent
public class ChangeStreamNotifierProducer {

    /** Called by the container. */
    public ChangeStreamNotifierProducer() {}

    /**
     * Makes the notifier; it opens nothing before it is asked.
     *
     * @param config where the settings are read
     * @param provider the database
     * @return the notifier
     * @throws InvalidConfigurationException when a setting is not usable
     */
    @Produces
    @ApplicationScoped
    public Notifier notifier(Config config, MongoStateProvider provider) {
        MongoSettings settings = MongoSettings.read(name -> config.getOptionalValue(name, String.class));
        return new ChangeStreamNotifier(provider, settings.collectionPrefix());
    }
}
