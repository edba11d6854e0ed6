package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Finds out which database answers, and whether it is supported. */
final class Dialects {

    private static final System.Logger LOG = QueueLog.logger();

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.(\\d+)");

    private Dialects() {}

    /**
     * The dialect of the database behind a data source.
     *
     * @throws InvalidConfigurationException when the database, or its version, is not supported
     * @throws SQLException when it does not answer
     */
    static Dialect of(DataSource dataSource, JpaSettings settings) throws SQLException {
        String dataSourceName = settings.dataSource();
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
                    if (major > 10 || (major == 10 && minor >= 6)) {
                        requireReadCommitted(connection, dataSourceName);
                        return new MariaDb(variant(connection, settings.tables(), major > 10 || minor >= 7));
                    }
                    break;
                case "MySQL":
                    if (major > 8 || (major == 8 && (minor > 0 || patch(database) >= 19))) {
                        requireReadCommitted(connection, dataSourceName);
                        return new MariaDb(MariaDbVariant.MYSQL);
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
                    "'%s' leads to %s %s, which is not supported; use H2 2.4, MariaDB 10.6, MySQL 8.0.19, PostgreSQL 13 or SQLite 3.42, or newer"
                            .formatted(
                                    dataSourceName,
                                    database.getDatabaseProductName(),
                                    database.getDatabaseProductVersion()));
        }
    }

    /** The tables decide, since they stay as they are when a server of MariaDB 10.6 becomes a newer one. */
    private static MariaDbVariant variant(Connection connection, TableNames tables, boolean hasType)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT data_type FROM information_schema.columns
                WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND column_name = 'id'
                """)) {
            statement.setString(1, tables.schema());
            statement.setString(2, tables.prefix() + "job");
            try (ResultSet row = statement.executeQuery()) {
                boolean isNative = row.next() ? row.getString(1).equalsIgnoreCase("uuid") : hasType;
                return isNative ? MariaDbVariant.NATIVE_IDS : MariaDbVariant.TEXT_IDS;
            }
        }
    }

    /** The last of three numbers, after which there may be a name. */
    private static int patch(DatabaseMetaData database) throws SQLException {
        Matcher version = VERSION.matcher(database.getDatabaseProductVersion());
        return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
    }

    /** Its default is stronger, and locks gaps between rows: transactions would wait for each other for nothing. */
    private static void requireReadCommitted(Connection connection, String dataSourceName) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw new InvalidConfigurationException(
                    JpaSettings.DATA_SOURCE,
                    "'%s' leads to %s with another isolation than READ COMMITTED; set it on the data source (on Open Liberty isolationLevel=\"TRANSACTION_READ_COMMITTED\")"
                            .formatted(dataSourceName, connection.getMetaData().getDatabaseProductName()));
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
