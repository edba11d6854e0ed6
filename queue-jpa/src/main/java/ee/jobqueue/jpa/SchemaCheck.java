package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Sees to it that the schema of the settings is there: it is the application's, and the queue makes none. */
final class SchemaCheck {

    private SchemaCheck() {}

    /**
     * Refuses a schema that is not there. A database folds names as it likes, hence the comparison in lower case.
     *
     * @throws InvalidConfigurationException when there is no such schema, or the database has none
     * @throws SQLException when it does not answer
     */
    static void require(DataSource dataSource, Dialect dialect, TableNames tables) throws SQLException {
        String schema = tables.schema();
        if (schema == null) {
            return;
        }
        if (!dialect.hasSchemas()) {
            throw new InvalidConfigurationException(
                    TableNames.SCHEMA,
                    "'" + schema + "' is not allowed, since this database has no schemas; use " + TableNames.PREFIX
                            + " to set tables apart");
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT schema_name FROM information_schema.schemata WHERE LOWER(schema_name) = ?")) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new InvalidConfigurationException(
                            TableNames.SCHEMA,
                            "there is no schema '" + schema
                                    + "', or the data source's user may not use it; create it, or name another one");
                }
            }
        }
    }
}
