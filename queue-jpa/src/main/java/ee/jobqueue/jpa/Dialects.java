package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Finds out which database answers, and whether it is supported. */
final class Dialects {

    private static final System.Logger LOG = System.getLogger("ee.jobqueue");

    private Dialects() {}

    /**
     * The dialect of the database behind a data source.
     *
     * @throws InvalidConfigurationException when the database, or its version, is not supported
     * @throws SQLException when it does not answer
     */
    static Dialect of(DataSource dataSource, String dataSourceName) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData database = connection.getMetaData();
            int major = database.getDatabaseMajorVersion();
            int minor = database.getDatabaseMinorVersion();
            switch (database.getDatabaseProductName()) {
                case "H2":
                    if (major > 2 || (major == 2 && minor >= 4)) {
                        warnOfLostCommits(connection);
                        return new H2();
                    }
                    break;
                case "PostgreSQL":
                    if (major >= 13) {
                        return new PostgreSql();
                    }
                    break;
                case "MariaDB":
                    if (major > 10 || (major == 10 && minor >= 7)) {
                        requireReadCommitted(connection, dataSourceName);
                        return new MariaDb();
                    }
                    break;
                case "SQLite":
                    if (major > 3 || (major == 3 && minor >= 42)) {
                        SqliteSettings.require(connection, dataSourceName);
                        return new Sqlite();
                    }
                    break;
                default:
                    break;
            }
            throw new InvalidConfigurationException(
                    JpaSettings.DATA_SOURCE,
                    "'%s' leads to %s %s, which is not supported; use H2 2.4, MariaDB 10.7, PostgreSQL 13 or SQLite 3.42, or newer"
                            .formatted(
                                    dataSourceName,
                                    database.getDatabaseProductName(),
                                    database.getDatabaseProductVersion()));
        }
    }

    /** Its default is stronger, and locks gaps between rows: transactions would wait for each other for nothing. */
    private static void requireReadCommitted(Connection connection, String dataSourceName) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw new InvalidConfigurationException(
                    JpaSettings.DATA_SOURCE,
                    "'%s' leads to MariaDB with another isolation than READ COMMITTED; set it on the data source (on Open Liberty isolationLevel=\"TRANSACTION_READ_COMMITTED\")"
                            .formatted(dataSourceName));
        }
    }

    /** H2 acknowledges a commit up to half a second before it is in the file, unless it is told otherwise. */
    private static void warnOfLostCommits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT DATABASE_PATH(), SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
                        WHERE SETTING_NAME = 'WRITE_DELAY'
                        """)) {
            if (row.next() && row.getString(1) != null && !"0".equals(row.getString(2))) {
                LOG.log(
                        Level.WARNING,
                        "the H2 database {0} may lose acknowledged jobs when the server is killed; add ;WRITE_DELAY=0 to its URL",
                        row.getString(1));
            }
        }
    }
}
