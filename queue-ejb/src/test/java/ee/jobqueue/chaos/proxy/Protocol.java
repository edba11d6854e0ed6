package ee.jobqueue.chaos.proxy;

import java.io.DataInputStream;

/**
 * How the clients of a database speak.
 *
 * @since 0.1
 */
public interface Protocol {

    /**
     * Listens to a new connection.
     *
     * @param in what the client says
     * @return its messages
     */
    Requests requests(DataInputStream in);

    /**
     * Whether a statement ends a transaction well.
     *
     * @param statement its text
     * @return whether it commits
     */
    boolean isCommit(String statement);

    /**
     * Whether a statement ends a transaction for nothing.
     *
     * @param statement its text
     * @return whether it rolls back
     */
    boolean isRollback(String statement);
}
