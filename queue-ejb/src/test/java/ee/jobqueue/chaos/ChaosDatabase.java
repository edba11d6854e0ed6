package ee.jobqueue.chaos;

import ee.jobqueue.chaos.member.Business;
import ee.jobqueue.chaos.proxy.Protocol;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A database of a test's own, and what a nemesis does to it. Its own calls do not go through a proxy. For use by one
 * thread.
 *
 * @since 0.1
 */
public interface ChaosDatabase extends AutoCloseable {

    /** Something that somebody holds, such as a lock. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {

        /** Lets go of it. */
        @Override
        void close();
    }

    /**
     * What it is called in the report.
     *
     * @return its name
     */
    String name();

    /**
     * Where it listens, also after it was stopped and started.
     *
     * @return the port
     */
    int port();

    /**
     * How it is spoken to.
     *
     * @return the protocol
     */
    Protocol protocol();

    /**
     * How a server is run that reaches the database by another port.
     *
     * @param who the server's name
     * @param port the port
     * @param folder where it writes its history
     * @return the main class and its arguments
     */
    List<String> member(String who, int port, Path folder);

    /**
     * A store on it.
     *
     * @return always the same
     */
    JobStore store();

    /**
     * The transactions of the store and the business.
     *
     * @return always the same
     */
    Transactions transactions();

    /**
     * What an application writes.
     *
     * @return always the same
     */
    Business business();

    /**
     * Whether a statement renews a worker's lease.
     *
     * @param statement its text
     * @return whether it does
     */
    boolean isRenewal(String statement);

    /**
     * Whether a statement acquires jobs.
     *
     * @param statement its text
     * @return whether it does
     */
    boolean isAcquire(String statement);

    /**
     * Locks the row of a worker.
     *
     * @param worker its id
     * @return holds the lock
     */
    Hold holdWorker(String worker);

    /**
     * Locks the row of a job.
     *
     * @param job its id
     * @return holds the lock
     */
    Hold holdJob(String job);

    /** Ends all connections of the servers, whatever they are doing. */
    void breakConnections();

    /**
     * Ends every statement that takes longer, from now on.
     *
     * @param longest how long a statement may take
     * @return lets statements take as long as they like
     */
    Hold limitStatements(Duration longest);

    /** Stops it in order. */
    void stop();

    /** Ends it as a crash does. */
    void kill();

    /** Starts it again, with its data; unless it runs. */
    void start();

    /** Lets the next sweep be due now. */
    void hurrySweep();

    /**
     * Something that takes no time on a quiet machine, on a connection of its own, and throws nothing.
     *
     * @return what writes and commits
     */
    Runnable beat();

    /** Forgets the orders and effects. */
    void clearBusiness();

    /**
     * The orders that were committed.
     *
     * @return all
     */
    List<Business.Order> orders();

    /**
     * The effects that were committed.
     *
     * @return all
     */
    List<Business.Effect> effects();

    /** Stops it for good. */
    @Override
    void close();
}
