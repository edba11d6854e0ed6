package ee.jobqueue.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import org.bson.Document;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;

/**
 * A MongoDB server of the tests, on the loopback, as a replica set of one or standalone. {@link ServerSource} says where it
 * comes from. Where none can be had, the test is aborted with the reason, and the list of required stores fails the build.
 * Safe for use by several threads, but for its end and its beginning.
 *
 * @since 0.1
 */
public final class MongoServer implements AutoCloseable {

    private final ServerSource source;
    private final RunningServer server;

    private MongoServer(boolean replicaSet) {
        source = ServerSource.choose(
                System::getenv, () -> DockerClientFactory.instance().isDockerAvailable());
        server = source.start(replicaSet);
    }

    /**
     * The replica set of this JVM; started when it is first asked for, ends with the JVM.
     *
     * @return the server
     * @throws TestAbortedException when none can be had
     */
    public static MongoServer replicaSet() {
        return Shared.REPLICA_SET.get();
    }

    /**
     * The standalone server of this JVM; started when it is first asked for, ends with the JVM.
     *
     * @return the server
     * @throws TestAbortedException when none can be had
     */
    public static MongoServer standalone() {
        return Shared.STANDALONE.get();
    }

    /**
     * A replica set for one test, which may {@link #kill} it. Where the environment gives an address it is the server
     * there.
     *
     * @return the server; close it
     * @throws TestAbortedException when none can be had
     */
    public static MongoServer ownReplicaSet() {
        return new MongoServer(true);
    }

    /**
     * Where clients connect.
     *
     * @return the connection string, without a database
     */
    public String uri() {
        return server.uri();
    }

    /**
     * What answers there, for people: what speaks MongoDB's protocol need not be MongoDB.
     *
     * @return name and version
     */
    public String product() {
        try (MongoClient client = MongoClients.create(uri())) {
            return source.product(client.getDatabase("admin")
                    .runCommand(new Document("buildInfo", 1))
                    .getString("version"));
        }
    }

    /**
     * Ends the transactions that are open. A commit that was kept from the server leaves one behind for a minute, and
     * SecantusDB, unlike MongoDB, tells nobody of any change while one is open that has written.
     */
    public void endTransactions() {
        try (MongoClient client = MongoClients.create(uri())) {
            client.getDatabase("admin").runCommand(new Document("killAllSessions", List.of()));
        }
    }

    /**
     * Makes the primary step down; as the only member it is elected again after that time.
     *
     * @param seconds for how long there is no primary
     */
    public void stepDown(int seconds) {
        try (MongoClient client = MongoClients.create(uri())) {
            client.getDatabase("admin")
                    .runCommand(new Document("replSetStepDown", seconds)
                            .append("secondaryCatchUpPeriodSecs", 0)
                            .append("force", true));
        }
    }

    /**
     * Kills the server as a failing machine would.
     *
     * @throws TestAbortedException when it is not ours to kill
     */
    public void kill() {
        server.kill();
    }

    /** Starts the server again at the same address, with all that it had acknowledged. */
    public void startAgain() {
        server.startAgain();
    }

    /** Ends the server, when it was started here, and deletes its data. */
    @Override
    public void close() {
        server.close();
    }

    /** The servers that all tests of a JVM share. */
    private enum Shared {
        REPLICA_SET,
        STANDALONE;

        private MongoServer server;

        synchronized MongoServer get() {
            if (server == null) {
                server = new MongoServer(this == REPLICA_SET);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            }
            return server;
        }
    }
}
