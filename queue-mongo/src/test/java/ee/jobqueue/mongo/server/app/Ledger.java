package ee.jobqueue.mongo.server.app;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import ee.jobqueue.mongo.MongoStateProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.bson.Document;

/** The application's own documents, in the queue's database. */
@ApplicationScoped
public class Ledger {

    @Inject
    private MongoStateProvider mongo;

    @Inject
    private ClientSession session;

    void createIndex(@Observes Startup event) {
        entries().createIndex(Indexes.ascending("name"));
    }

    /** Adds an entry, in the current transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(String name, String entry) {
        entries().insertOne(session, new Document("name", name).append("entry", entry));
    }

    /** How many committed entries of a kind there are whose name begins so. */
    public int count(String namePrefix, String entry) {
        return names(namePrefix, entry).size();
    }

    /** How many names there are among them. */
    public int distinct(String namePrefix, String entry) {
        return new HashSet<>(names(namePrefix, entry)).size();
    }

    private List<String> names(String namePrefix, String entry) {
        return entries()
                .find(Filters.and(Filters.regex("name", "^" + namePrefix), Filters.eq("entry", entry)))
                .map(document -> document.getString("name"))
                .into(new ArrayList<>());
    }

    /** The collection, to be used with a session or without. */
    public MongoCollection<Document> entries() {
        return mongo.database().getCollection("ledger");
    }
}
