package ee.jobqueue.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/**
 * The database as the store uses it: its collections by their names, read from the primary, written to a majority. Safe for
 * use by several threads.
 */
final class Opened {

    private static final WriteConcern WRITE_CONCERN = WriteConcern.MAJORITY.withJournal(true);

    private final MongoDatabase database;
    private final String prefix;
    private final boolean hasTransactions;

    Opened(MongoStateProvider provider, String prefix) {
        this.hasTransactions = provider.hasTransactions();
        this.prefix = prefix;
        this.database = provider.database() // whatever mapping the application has: the store's documents are plain
                .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(hasTransactions ? ReadConcern.MAJORITY : ReadConcern.DEFAULT)
                .withWriteConcern(WRITE_CONCERN);
    }

    boolean hasTransactions() {
        return hasTransactions;
    }

    /** Jobs; of a chain the last one stands for the chain. */
    MongoCollection<Document> jobs() {
        return collection("job");
    }

    /** Deduplication keys by type and key, and the ids that must not be used again. */
    MongoCollection<Document> keys() {
        return collection("deduplication");
    }

    /** The workers that have, or had, a lease. */
    MongoCollection<Document> workers() {
        return collection("worker");
    }

    /** One document: when the next sweep is due. */
    MongoCollection<Document> sweep() {
        return collection("sweep");
    }

    /** The names of the migrations that were applied. */
    MongoCollection<Document> migrations() {
        return collection("migration");
    }

    /** The server's time; what is written with it is written by a later operation. */
    Instant now() {
        return database.runCommand(new Document("hello", 1), ReadPreference.primary())
                .get("localTime", Date.class)
                .toInstant();
    }

    /** Writes outside any transaction that do not wait for long. */
    ShortWrites shortWrites() {
        return new ShortWrites(database, WRITE_CONCERN);
    }

    private MongoCollection<Document> collection(String name) {
        return database.getCollection(prefix + name);
    }
}
