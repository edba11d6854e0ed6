package ee.jobqueue.mongo.server.app;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.eclipse.microprofile.config.ConfigProvider;

/** A failure of the server's own making. It hits whoever commits; the server has to allow test commands. */
public enum FailPoint {

    /** The next commit is refused, and the work may be tried again. */
    REFUSED_COMMIT(
            new Document("times", 1),
            new Document("errorCode", 251).append("errorLabels", List.of("TransientTransactionError"))),

    /** No commit is answered. */
    LOST_COMMITS("alwaysOn", new Document("closeConnection", true));

    private final Document command;

    FailPoint(Object mode, Document failure) {
        command = of(mode).append("data", failure.append("failCommands", List.of("commitTransaction")));
    }

    private static Document of(Object mode) {
        return new Document("configureFailPoint", "failCommand").append("mode", mode);
    }

    /** From now on. */
    public void set() {
        run(command);
    }

    /** Does something while the server fails so. */
    public <T> T during(Supplier<T> action) {
        set();
        try {
            return action.get();
        } finally {
            run(of("off"));
        }
    }

    private static void run(Document command) {
        try (MongoClient client =
                MongoClients.create(ConfigProvider.getConfig().getValue("jobqueue.mongo.uri", String.class))) {
            client.getDatabase("admin").runCommand(command);
        }
    }
}
