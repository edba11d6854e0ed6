package ee.jobqueue.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in Java SE, and the store's provider on them: a session with a transaction for each transaction and thread, from
 * its first use on. Knows no time-outs. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class MongoTransactions implements Transactions, MongoStateProvider {

    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    private final ThreadLocal<@Nullable Current> current = new ThreadLocal<>();
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
        Current now = current.get();
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
        if (current.get() == null || !hasTransactions) {
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
    public boolean isActive() {
        return current.get() != null;
    }

    @Override
    public <T> T inNew(@Nullable Duration timeout, Callable<T> work) throws Exception {
        if (isActive()) {
            throw new IllegalStateException("the thread has a transaction already");
        }
        Current now = new Current();
        current.set(now);
        boolean committed = false;
        try {
            T result = work.call();
            commit(now);
            committed = true;
            return result;
        } finally {
            current.remove();
            now.end(committed);
        }
    }

    private static void commit(Current now) throws CommitFailedException {
        if (now.rollbackOnly) {
            throw new CommitFailedException("the transaction was marked for rollback", null);
        }
        try {
            if (now.session != null) {
                now.session.commitTransaction();
            }
        } catch (MongoException e) {
            throw new CommitFailedException("the commit failed", e);
        }
    }

    @Override
    public void setRollbackOnly() {
        Current now = current.get();
        if (now != null) {
            now.rollbackOnly = true;
        }
    }

    @Override
    public void afterCompletion(Consumer<Boolean> callback) {
        Current now = current.get();
        if (now == null) {
            throw new IllegalStateException("the thread has no transaction");
        }
        if (now.rollbackOnly) {
            callback.accept(false);
        } else {
            now.callbacks.add(callback);
        }
    }

    private static final class Current {
        private final List<Consumer<Boolean>> callbacks = new ArrayList<>();
        private @Nullable ClientSession session;
        private boolean rollbackOnly;

        void end(boolean committed) {
            if (session != null) {
                session.close(); // aborts what is not committed
            }
            callbacks.forEach(callback -> callback.accept(committed));
        }
    }
}
