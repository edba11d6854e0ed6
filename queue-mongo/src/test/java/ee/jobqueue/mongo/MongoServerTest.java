package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The servers of the tests are what the tests take them for. */
class MongoServerTest {

    @Test
    void aReplicaSetKnowsItsNameAndAStandaloneServerHasNone() {
        assertThat(hello(MongoServer.replicaSet())).containsKey("setName");
        assertThat(hello(MongoServer.standalone())).doesNotContainKey("setName");
    }

    @Test
    void itSaysWhoAnswers() {
        assertThat(MongoServer.replicaSet().product()).matches("\\p{Alpha}.* \\d+\\..*");
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() {
        try (MongoServer server = MongoServer.ownReplicaSet();
                MongoClient client = MongoClients.create(server.uri())) {
            var documents = client.getDatabase("test").getCollection("documents");
            documents.insertOne(new Document("_id", 1));

            server.kill();
            server.startAgain();

            assertThat(documents.countDocuments()).isEqualTo(1);
        }
    }

    private static Document hello(MongoServer server) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            return client.getDatabase("admin").runCommand(new Document("hello", 1));
        }
    }
}
