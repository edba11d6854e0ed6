package ee.jobqueue.mongo.server.own;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import ee.jobqueue.mongo.MongoStateProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The application's client, lent to the queue. */
@ApplicationScoped
public class OwnClient {

    @Inject
    @ConfigProperty(name = "own.uri")
    private String uri;

    @Inject
    @ConfigProperty(name = "own.database")
    private String database;

    /** The name of its database. */
    public String database() {
        return database;
    }

    @Produces
    @ApplicationScoped
    MongoClient client() {
        return MongoClients.create(uri);
    }

    void close(@Disposes MongoClient client) {
        client.close();
    }

    @Produces
    @ApplicationScoped
    MongoStateProvider state(MongoClient client) {
        return MongoStateProvider.joiningJta(client, database);
    }
}
