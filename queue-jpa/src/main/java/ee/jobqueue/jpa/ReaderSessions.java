package ee.jobqueue.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.hibernate.exception.JDBCConnectionException;

/**
 * Sessions for a database with one writer: in a transaction those of the writer, whose connection the application shares;
 * outside of one, where nothing is written, those of the readers, so that a look at the queue waits for no writer's
 * connection.
 */
final class ReaderSessions implements Sessions {

    private final Sessions writer;
    private final DataSource readers;

    ReaderSessions(Sessions writer, DataSource readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public <T> T call(Function<StatelessSession, T> work) {
        if (isInTransaction()) {
            return writer.call(work);
        }
        try (Connection connection = readers.getConnection()) {
            return on(connection, work);
        } catch (SQLException e) {
            throw new JDBCConnectionException("no reader could be had, or given back", e);
        }
    }

    @Override
    public boolean isInTransaction() {
        return writer.isInTransaction();
    }

    @Override
    public <T> T on(Connection connection, Function<StatelessSession, T> work) {
        return writer.on(connection, work);
    }

    /** The readers are the server's, and stay open. */
    @Override
    public void close() {
        writer.close();
    }
}
