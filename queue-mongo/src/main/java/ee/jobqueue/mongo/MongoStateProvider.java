package ee.jobqueue.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Hands the store its database and the session of the current transaction. A default one is made from the configuration;
 * an application that has a client of its own produces its own, and its documents then commit together with its chains.
 *
 * <p>It deals with client, session and transaction only: collections and their names are the store's. Safe for use by
 * several threads.
 *
 * @since 0.1
 */
public interface MongoStateProvider {

    /**
     * A provider over the application's own client, whose transactions commit and roll back with the server's JTA
     * transactions: what an application's own producer returns. Closing the client stays with the application.
     *
     * @param client the client, used as it is configured
     * @param database the name of the database
     * @return the provider
     * @throws ee.jobqueue.InvalidConfigurationException when the server cannot commit MongoDB as the last participant of a
     *     JTA transaction
     */
    static MongoStateProvider joiningJta(MongoClient client, String database) {
        return new JtaStateProvider(client, database, Jta.find());
    }

    /**
     * The database in which the store keeps its collections. The store sets concerns and time limits itself where they matter
     * to it. What is done by it without {@link #session} is outside any transaction.
     *
     * @return the database, the same for the life of the application
     */
    MongoDatabase database();

    /**
     * The session of the calling thread's current transaction. The first call within a transaction starts a session and a
     * MongoDB transaction in it, reading a snapshot and writing to a majority, which commits and rolls back with the
     * current one.
     *
     * @return the session, with a transaction begun; {@code null} when the calling thread has no transaction, and always
     *     when the deployment has none
     */
    @Nullable ClientSession session();

    /**
     * Starts a session for a short transaction of the store's own, beside the current one. The store begins, ends and closes
     * it.
     *
     * @return a new session, without a transaction
     * @throws com.mongodb.MongoException when the deployment does not answer
     */
    ClientSession newSession();

    /**
     * Whether the deployment has transactions of several documents: a replica set or a sharded cluster has, by the {@code
     * setName} or the {@code msg} of its {@code hello}, a standalone server has none.
     *
     * @return whether it has
     * @throws com.mongodb.MongoException when the deployment does not answer
     */
    boolean hasTransactions();

    /**
     * Runs work after the current transaction, once it is committed, and not when it is rolled back or its end is unknown. Runs
     * it at once when there is none, and when the deployment has none.
     *
     * @param work the work; it throws nothing, and takes the session of no transaction
     */
    void afterCommit(Runnable work);
}
