package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What SQLite needs of the data source of its readers. That the file is in WAL, so that readers and the writer wait for
 * nobody, is the file's own property and asked of the writer by {@link SqliteSettings}.
 */
final class SqliteReaders {

    private SqliteReaders() {}

    /**
     * Refuses readers of another database than the writer's, readers that could write, and those without a busy timeout: also
     * a reader meets a lock, while the log is recovered after a crash.
     *
     * @throws InvalidConfigurationException naming the property
     */
    static void require(DataSource readers, DataSource writer) throws SQLException {
        String written;
        try (Connection connection = writer.getConnection()) {
            written = file(connection);
        }
        try (Connection connection = readers.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("SQLite")) {
                throw refused("leads to " + product + "; it needs the file of " + JpaSettings.DATA_SOURCE);
            }
            String read = file(connection);
            if (!isSame(read, written)) {
                throw refused("reads '%s', and %s writes '%s'; give both the same file"
                        .formatted(read, JpaSettings.DATA_SOURCE, written));
            }
            if (!connection.isReadOnly() && !"1".equals(SqliteSettings.pragma(connection, "query_only"))) {
                throw refused("may write and needs readOnly=\"true\", or one who reads could keep the writer's lock");
            }
            if (Integer.parseInt(SqliteSettings.pragma(connection, "busy_timeout")) == 0) {
                throw refused("needs busyTimeout, in milliseconds, or a reader fails while the log is recovered");
            }
        }
    }

    private static String file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static boolean isSame(String one, String other) throws SQLException {
        try {
            return Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException e) {
            throw new SQLException("cannot look at the files of the data sources", e);
        }
    }

    private static InvalidConfigurationException refused(String what) {
        return new InvalidConfigurationException(JpaSettings.READER_DATA_SOURCE, what);
    }
}
