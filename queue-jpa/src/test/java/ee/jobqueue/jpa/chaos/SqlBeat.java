package ee.jobqueue.jpa.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Executes a short statement, on a connection of its own, and opens another when that is broken. For use by one thread.
 */
final class SqlBeat implements Runnable {

    private final DataSource database;
    private final String statement;
    private @Nullable Connection connection;

    SqlBeat(DataSource database, String statement) {
        this.database = database;
        this.statement = statement;
    }

    @Override
    public void run() {
        try {
            if (connection == null) {
                connection = database.getConnection();
            }
            try (Statement beat = connection.createStatement()) {
                beat.execute(statement);
            }
        } catch (SQLException e) {
            close();
        }
    }

    private void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is broken
        } finally {
            connection = null;
        }
    }
}
