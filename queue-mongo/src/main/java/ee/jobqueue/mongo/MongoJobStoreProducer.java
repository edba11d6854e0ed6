package ee.jobqueue.mongo;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.JobStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Where the MongoDB store will be made; until then it says so when the application deploys. */
@ApplicationScoped
class MongoJobStoreProducer {

    @Produces
    @ApplicationScoped
    JobStore store() {
        throw new InvalidConfigurationException(
                "queue-mongo", "the MongoDB store is not there yet: deploy queue-jpa on an SQL database instead");
    }
}
