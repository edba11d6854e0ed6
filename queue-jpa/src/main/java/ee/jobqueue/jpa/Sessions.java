package ee.jobqueue.jpa;

import java.sql.Connection;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/**
 * The sessions of a persistence unit, each in the calling thread's current transaction; without one, statements commit
 * by themselves. Stateless sessions, since the rows are changed by statements and a persistence context would only grow
 * old. Safe for use by several threads.
 */
interface Sessions extends AutoCloseable {

    /** Lends a session of the current transaction for the duration of the work. */
    <T> T call(Function<StatelessSession, T> work);

    /** Whether the calling thread has a transaction that {@link #call} would join. */
    boolean isInTransaction();

    /** Lends a session on a connection that is in no transaction; the connection stays open. */
    <T> T on(Connection connection, Function<StatelessSession, T> work);

    /** Closes the persistence unit. */
    @Override
    void close();
}
