package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What SQLite needs of its data source, which no statement can set for good: every connection has its own. Properties of
 * the data source, since the driver ignores the same settings in a URL when it comes by a data source.
 */
final class SqliteSettings {

    private static final String DIALECT = "org.hibernate.community.dialect.SQLiteDialect";

    private SqliteSettings() {}

    /**
     * Refuses a connection without WAL, without a busy timeout or without foreign keys, and a WAR without Hibernate's dialect
     * for it.
     *
     * @throws InvalidConfigurationException naming the property
     */
    static void require(Connection connection, String dataSourceName) throws SQLException {
        if (!"wal".equalsIgnoreCase(pragma(connection, "journal_mode"))) {
            throw refused(dataSourceName, "journalMode=\"WAL\", or readers wait for the writer");
        }
        if (Integer.parseInt(pragma(connection, "busy_timeout")) == 0) {
            throw refused(
                    dataSourceName, "busyTimeout, in milliseconds, or a writer fails instead of waiting its turn");
        }
        if (!"1".equals(pragma(connection, "foreign_keys"))) {
            throw refused(
                    dataSourceName, "enforceForeignKeys=\"true\", or the application's foreign keys are not checked");
        }
        requireDialect(dataSourceName);
    }

    private static void requireDialect(String dataSourceName) {
        try {
            Class.forName(DIALECT, false, SqliteSettings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            InvalidConfigurationException refusal = refused(
                    dataSourceName,
                    "org.hibernate.orm:hibernate-community-dialects in WEB-INF/lib, which knows SQLite");
            refusal.initCause(e);
            throw refusal;
        }
    }

    static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static InvalidConfigurationException refused(String dataSourceName, String need) {
        return new InvalidConfigurationException(
                JpaSettings.DATA_SOURCE, "'%s' leads to SQLite and needs %s".formatted(dataSourceName, need));
    }
}
