package ee.jobqueue.chaos.member;

import java.time.Duration;

/**
 * What an application writes to its database. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Business {

    /** What is written for a job that has seen its blocker fail. */
    String FAILED_BLOCKER = "failed";

    /**
     * Writes an order in the current transaction, in which its chain is started.
     *
     * @param order the order
     */
    void write(Order order);

    /**
     * Writes the effect of an attempt in the current transaction, which finishes it.
     *
     * @param effect the effect
     */
    void write(Effect effect);

    /**
     * Takes all connections that the application has, and keeps them.
     *
     * @param time for how long
     */
    void occupyConnections(Duration time);

    /**
     * A chain that was started.
     *
     * @param key the chain's key
     * @param chain its id
     * @param type its type's name
     * @param expected what its last job has to see of its blockers, or of which it may have seen the failure
     */
    record Order(String key, String chain, String type, String expected) {}

    /**
     * What a job has done.
     *
     * @param chain the chain's id
     * @param job the job's id
     * @param attempt the attempt's number
     * @param who the process
     * @param seen what it saw of its blockers; empty without any
     */
    record Effect(String chain, String job, int attempt, String who, String seen) {}
}
