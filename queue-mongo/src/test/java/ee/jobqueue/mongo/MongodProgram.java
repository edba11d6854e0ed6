package ee.jobqueue.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.Document;

/** MongoDB itself. Test commands are on, so that tests can make the server fail at a point of their choice. */
record MongodProgram(Path mongod, boolean isReplicaSet) implements ServerProgram {

    private static final String SET = "jobqueue";
    private static final int ALREADY_INITIALIZED = 23;

    @Override
    public Pattern announcement() {
        return Pattern.compile("\"msg\":\"Waiting for connections\",\"attr\":\\{\"port\":(\\d+)");
    }

    @Override
    public List<String> command(Path storage, int port) {
        List<String> command = new ArrayList<>(List.of(
                mongod.toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dbpath",
                storage.toString(),
                "--wiredTigerCacheSizeGB",
                "0.5",
                "--setParameter",
                "enableTestCommands=1"));
        if (isReplicaSet) {
            command.addAll(List.of("--replSet", SET));
        }
        return command;
    }

    /** A port that is free now: the members of a replica set are known by their ports before they start. */
    @Override
    public int firstPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    @Override
    public String uri(int port) {
        return "mongodb://127.0.0.1:" + port + (isReplicaSet ? "/?replicaSet=" + SET : "/");
    }

    /** Makes it a replica set of one, and waits until it is its own primary: a ping is sent to nobody else. */
    @Override
    public void initiate(int port) {
        if (!isReplicaSet) {
            return;
        }
        String member = "127.0.0.1:" + port;
        Document configuration =
                new Document("_id", SET).append("members", List.of(new Document("_id", 0).append("host", member)));
        try (MongoClient direct = MongoClients.create("mongodb://" + member + "/?directConnection=true")) {
            direct.getDatabase("admin").runCommand(new Document("replSetInitiate", configuration));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != ALREADY_INITIALIZED) {
                throw e;
            }
        }
        try (MongoClient client = MongoClients.create(uri(port))) {
            client.getDatabase("admin").runCommand(new Document("ping", 1));
        }
    }
}
