package ee.jobqueue.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Sessions of a client that join the server's JTA transactions. */
final class JtaStateProvider implements MongoStateProvider, AutoCloseable {

    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readPreference(ReadPreference.primary())
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    private final MongoClient client;
    private final String databaseName;
    private final Jta jta;
    private volatile @Nullable Boolean transactions;

    JtaStateProvider(MongoClient client, String databaseName, Jta jta) {
        this.client = client;
        this.databaseName = databaseName;
        this.jta = jta;
    }

    @Override
    public MongoDatabase database() {
        return client.getDatabase(databaseName);
    }

    @Override
    public @Nullable ClientSession session() {
        if (!jta.isActive() || !hasTransactions()) {
            return null;
        }
        if (jta.registry().getResource(this) instanceof ClientSession joined) {
            return joined;
        }
        GuardedSession session = begin();
        try {
            jta.enlist(new LastParticipant(session, jta.failures()));
        } catch (IllegalStateException e) {
            session.abort();
            throw e;
        }
        ClientSession view = session.view();
        jta.registry().putResource(this, view);
        return view;
    }

    private GuardedSession begin() {
        ClientSession session = client.startSession();
        session.startTransaction(OPTIONS);
        return new GuardedSession(client, session);
    }

    @Override
    public ClientSession newSession() {
        return client.startSession();
    }

    @Override
    public boolean hasTransactions() {
        Boolean known = transactions;
        if (known == null) {
            Document hello = database().runCommand(new Document("hello", 1), ReadPreference.primary());
            known = hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg"));
            transactions = known;
        }
        return known;
    }

    @Override
    public void afterCommit(Runnable work) {
        if (!jta.isActive() || !hasTransactions()) {
            work.run();
        } else if (!jta.isMarkedForRollback()) {
            jta.afterCommit(work);
        }
    }

    /** Closes the client. */
    @Override
    public void close() {
        client.close();
    }
}
