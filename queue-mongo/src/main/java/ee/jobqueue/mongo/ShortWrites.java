package ee.jobqueue.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.bson.Document;

/**
 * Changes outside any transaction that give up when they take longer than a limit, as they do while a transaction holds one of
 * their documents. What was changed until then stays. The limit is the server's: a client that stops waiting by itself loses
 * its connection. Safe for use by several threads.
 */
final class ShortWrites {

    /** What an operation says that met a held document: it took too long, or it conflicts. */
    private static final Set<Integer> HELD = Set.of(50, 112);

    private final MongoDatabase database;
    private final WriteConcern writeConcern;

    ShortWrites(MongoDatabase database, WriteConcern writeConcern) {
        this.database = database;
        this.writeConcern = writeConcern;
    }

    /** Changes documents; answers how many matched, nothing when it did not come to its end. */
    OptionalInt change(MongoCollection<Document> documents, long millis, Document filter, List<Document> change) {
        Document update = new Document("q", filter).append("u", change).append("multi", true);
        try {
            Document answer = database.runCommand(
                    new Document("update", documents.getNamespace().getCollectionName())
                            .append("updates", List.of(update))
                            .append("maxTimeMS", millis)
                            .append("writeConcern", writeConcern.asDocument()));
            for (Document error : answer.getList("writeErrors", Document.class, List.of())) {
                if (!HELD.contains(error.getInteger("code"))) {
                    throw new MongoException(error.getInteger("code"), error.getString("errmsg"));
                }
                return OptionalInt.empty();
            }
            return answer.containsKey("writeConcernError")
                    ? OptionalInt.empty()
                    : OptionalInt.of(answer.getInteger("n"));
        } catch (MongoExecutionTimeoutException e) {
            return OptionalInt.empty();
        }
    }
}
