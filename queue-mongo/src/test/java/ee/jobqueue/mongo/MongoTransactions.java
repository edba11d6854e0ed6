package ee.jobqueue.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import ee.jobqueue.conformance.ThreadTransactions;
import java.time.Duration;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in Java SE, and the store's provider on them: a session with a transaction for each transaction and thread, from
 * its first use on. Knows no time-outs. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class MongoTransactions extends ThreadTransactions<MongoTransactions.Current>
        implements MongoStateProvider {

    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    private final MongoClient client;
    private final MongoDatabase database;
    private final boolean hasTransactions;

    MongoTransactions(MongoClient client, String database) {
        this.client = client;
        this.database = client.getDatabase(database);
        Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
        this.hasTransactions = hello.containsKey("setName") || "isdbgrid".equals(hello.getString("msg"));
    }

    @Override
    public MongoDatabase database() {
        return database;
    }

    @Override
    public boolean hasTransactions() {
        return hasTransactions;
    }

    @Override
    public ClientSession newSession() {
        return client.startSession();
    }

    @Override
    public @Nullable ClientSession session() {
        Current now = current();
        if (now == null || !hasTransactions) {
            return null;
        }
        ClientSession session = now.session;
        if (session == null) {
            session = client.startSession();
            session.startTransaction(OPTIONS);
            now.session = session;
        }
        return session;
    }

    @Override
    public void afterCommit(Runnable work) {
        if (!isActive() || !hasTransactions) {
            work.run();
        } else {
            afterCompletion(committed -> {
                if (committed) {
                    work.run();
                }
            });
        }
    }

    @Override
    protected Current begin(@Nullable Duration timeout) {
        return new Current();
    }

    @Override
    protected void commit(Current transaction) {
        if (transaction.session != null) {
            transaction.session.commitTransaction();
        }
    }

    @Override
    protected void end(Current transaction, boolean committed) {
        if (transaction.session != null) {
            transaction.session.close(); // aborts what is not committed
        }
    }

    /** A transaction of the thread, which has a session from its first use on. */
    static final class Current {
        private @Nullable ClientSession session;
    }
}
