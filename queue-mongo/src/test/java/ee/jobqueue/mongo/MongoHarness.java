package ee.jobqueue.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.StoreHarness;
import ee.jobqueue.conformance.Trait;
import ee.jobqueue.spi.JobStore;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * The MongoDB store in Java SE, in a database of its own.
 *
 * @since 0.1
 */
public final class MongoHarness implements StoreHarness {

    private final String name;
    private final MongoServer server;
    private final MongoClient client;
    private final OperationCounter counter = new OperationCounter();
    private final MongoTransactions transactions;
    private final MongoJobStore store;
    private final Opened opened;

    private MongoHarness(String name, MongoServer server) {
        this.name = name;
        this.server = server;
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.uri()))
                .addCommandListener(counter)
                .build());
        this.transactions = new MongoTransactions(client, "jobqueue_" + new ObjectId());
        MongoSettings settings = MongoSettings.read(property -> Optional.empty());
        this.store = new MongoJobStore(transactions, settings);
        store.prepare();
        this.opened = new Opened(transactions, settings.collectionPrefix());
    }

    /**
     * On a replica set.
     *
     * @return the harness
     */
    public static MongoHarness replicaSet() {
        return new MongoHarness("MongoDB protocol, replica set", MongoServer.replicaSet());
    }

    /**
     * On a standalone server.
     *
     * @return the harness
     */
    public static MongoHarness standalone() {
        return new MongoHarness("MongoDB protocol, standalone", MongoServer.standalone());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return server.product();
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public MongoTransactions transactions() {
        return transactions;
    }

    /** The store's collections. */
    Opened opened() {
        return opened;
    }

    /** The operations of the store since this was last asked. */
    List<String> takeExecuted() {
        return counter.take();
    }

    @Override
    public void advance(Duration duration) {
        shift(
                duration,
                opened.jobs(),
                Fields.CHAIN_STARTED_AT,
                Fields.CREATED_AT,
                Fields.SCHEDULED_AT,
                Fields.ACQUIRED_AT,
                Fields.ENDED_AT);
        shift(duration, opened.workers(), Fields.STARTED_AT, Fields.LEASE_UNTIL);
        shift(duration, opened.sweep(), Fields.NEXT_AT);
    }

    private static void shift(Duration duration, MongoCollection<Document> documents, String... fields) {
        Document shifted = new Document();
        for (String field : fields) {
            Document earlier = Expressions.before(Fields.value(field), duration.toMillis());
            Document isThere = new Document("$eq", List.of(new Document("$type", Fields.value(field)), "date"));
            shifted.append(field, Expressions.choose(isThere, earlier, "$$REMOVE"));
        }
        documents.updateMany(new Document(), List.of(Expressions.set(shifted)));
    }

    @Override
    public void missUnblocking(JobId job) {
        Document found =
                opened.jobs().find(new Document(Fields.ID, Ids.of(job))).first();
        List<Object> chains = found.getList(Fields.BLOCKERS, Document.class).stream()
                .map(blocker -> blocker.get(Fields.CHAIN))
                .toList();
        opened.jobs()
                .updateOne(
                        new Document(Fields.ID, Ids.of(job)),
                        List.of(
                                Expressions.set(new Document(Fields.STATUS, Status.BLOCKED.name())
                                        .append(Fields.OPEN_BLOCKERS, Expressions.literal(chains))),
                                Expressions.unset(Fields.ENDED_AT)));
        if (!found.getBoolean(Fields.CONTINUED)) { // its chain is open again
            Retrying.waitAgain(new MongoSession(opened, null), found.get(Fields.CHAIN_ID));
        }
    }

    @Override
    public void clear() {
        for (MongoCollection<Document> documents : List.of(opened.jobs(), opened.keys(), opened.workers())) {
            documents.deleteMany(new Document());
        }
        opened.sweep().updateOne(new Document(), new Document("$set", new Document(Fields.NEXT_AT, new Date(0))));
    }

    @Override
    public Set<Trait> traits() {
        return transactions.hasTransactions()
                ? Set.of(Trait.CONFLICTS_AT_ONCE, Trait.ACTS_AT_ONCE, Trait.UNBLOCKS_AFTER_COMMIT)
                : Set.of(Trait.NO_TRANSACTIONS, Trait.ACTS_AT_ONCE);
    }

    @Override
    public void close() {
        transactions.database().drop();
        client.close();
    }
}
