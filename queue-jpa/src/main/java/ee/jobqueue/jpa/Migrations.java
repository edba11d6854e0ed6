package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.QueueLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Brings the tables up to date: one file for each change and database, applied once, in the order of their names, and
 * recorded with name and time in {@code jobqueue_migration}. Works on a connection of its own with automatic commit,
 * since a server does not allow DDL in a JTA transaction.
 */
final class Migrations {

    /** What to do about missing migrations. */
    enum Mode {
        /** Apply them. */
        APPLY,
        /** Refuse to start. */
        CHECK,
        /** Do not look. */
        OFF
    }

    /** Every migration, oldest first; a file of this name exists for each database. */
    static final List<String> NAMES = List.of(
            "20261124070000_jobs",
            "20261124080000_deduplication_key",
            "20261124081500_asking",
            "20261124082500_deleting",
            "20261124083000_priority",
            "20261125220000_on_failure",
            "20261126080000_keys");

    private static final System.Logger LOG = QueueLog.logger();

    private final Dialect dialect;
    private final Mode mode;
    private final TableNames tables;
    private final List<String> names;

    Migrations(Dialect dialect, Mode mode, TableNames tables) {
        this(dialect, mode, tables, NAMES);
    }

    /** With these migrations only, as an earlier version had them. */
    Migrations(Dialect dialect, Mode mode, TableNames tables, List<String> names) {
        this.dialect = dialect;
        this.mode = mode;
        this.tables = tables;
        this.names = names;
    }

    /**
     * Applies what is missing, or checks that nothing is. Servers that start at the same time wait for each other.
     *
     * @throws InvalidConfigurationException when migrations are missing and are not to be applied, or when the database
     *     has one that this version does not know
     */
    void run(DataSource dataSource) throws SQLException {
        if (mode == Mode.OFF) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            if (missing(connection).isEmpty()) {
                return;
            }
            if (mode == Mode.CHECK) {
                throw new InvalidConfigurationException(
                        JpaSettings.MIGRATIONS,
                        "'check', but the database lacks " + missing(connection)
                                + "; start once with 'apply', or run these migrations by hand");
            }
            patiently(connection, () -> dialect.migrate(connection, tables, () -> apply(connection)));
        }
    }

    /** An index of a large table takes longer than the driver otherwise waits for an answer, and so may another server's. */
    private static void patiently(Connection connection, Dialect.Migrating work) throws SQLException {
        int timeout = connection.getNetworkTimeout();
        if (timeout == 0) {
            work.run();
            return;
        }
        connection.setNetworkTimeout(Runnable::run, 0);
        try {
            work.run();
        } finally {
            connection.setNetworkTimeout(Runnable::run, timeout);
        }
    }

    /** Looks again, under the lock: another server may have been first. */
    private void apply(Connection connection) throws SQLException {
        execute(connection, dialect.migrationTable());
        for (String name : missing(connection)) {
            execute(connection, text(dialect, name) + ";\n" + record(name));
            LOG.log(Level.INFO, "applied migration {0}", name);
        }
    }

    private List<String> missing(Connection connection) throws SQLException {
        Set<String> applied = applied(connection);
        Set<String> unknown = new TreeSet<>(applied);
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InvalidConfigurationException(
                    JpaSettings.MIGRATIONS,
                    "the database was migrated by a newer version, which applied " + unknown
                            + "; deploy that version, or use another database");
        }
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(applied);
        return missing;
    }

    private Set<String> applied(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(tables.in("SELECT name FROM jobqueue_migration", dialect))) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!dialect.isTableMissing(e)) {
                throw e;
            }
        }
        return names;
    }

    /** Part of the migration's own script, so that PostgreSQL commits both or neither. */
    private static String record(String name) {
        return "INSERT INTO jobqueue_migration (name, applied_at) SELECT '%s', CURRENT_TIMESTAMP WHERE NOT EXISTS "
                        .formatted(name)
                + "(SELECT 1 FROM jobqueue_migration WHERE name = '%s')".formatted(name);
    }

    private void execute(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String part : dialect.split(tables.in(script, dialect))) {
                executeOnce(statement, part);
            }
        }
    }

    private void executeOnce(Statement statement, String part) throws SQLException {
        try {
            statement.execute(part);
        } catch (SQLException e) {
            if (!dialect.saysDone(e)) {
                throw e;
            }
            LOG.log(Level.DEBUG, () -> "executed before: " + part);
        }
    }

    /** The script of a migration, as it is in its file. */
    static String text(Dialect dialect, String name) {
        String file = "migrations/%s/%s.sql".formatted(dialect.folder(), name);
        try (InputStream in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the module lacks its file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
