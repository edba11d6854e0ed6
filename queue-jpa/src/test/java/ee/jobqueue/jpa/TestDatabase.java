package ee.jobqueue.jpa;

import com.mysql.cj.jdbc.MysqlConnectionPoolDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;

/**
 * A database for one test class, empty and its own: a file of H2 or SQLite, a schema on {@link PostgreSqlServer}, or a
 * database on {@link MariaDbServer} or a {@link DebianServer}. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class TestDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 40;

    private static final Path SQLITE = Path.of("target", "sqlite").toAbsolutePath();

    /** Longer than anything in these tests writes. */
    private static final int BUSY_MILLIS = 60_000;

    private final String url;
    private final JdbcConnectionPool pool;
    private final @Nullable String cleanUp;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final String dropSchema;

    private TestDatabase(String url, ConnectionPoolDataSource source, @Nullable String cleanUp) {
        this(url, source, cleanUp, "DROP SCHEMA %s CASCADE");
    }

    private TestDatabase(String url, ConnectionPoolDataSource source, @Nullable String cleanUp, String dropSchema) {
        this.dropSchema = dropSchema;
        this.url = url;
        this.pool = pool(source, CONNECTIONS);
        this.cleanUp = cleanUp;
    }

    private static JdbcConnectionPool pool(ConnectionPoolDataSource source, int connections) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(connections);
        pool.setLoginTimeout(BUSY_MILLIS / 1_000);
        return pool;
    }

    /**
     * A file of H2 below {@code target}, as safe at {@code kill -9} as H2 can be.
     *
     * @return the database
     */
    public static TestDatabase h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:./target/h2/" + UUID.randomUUID() + ";WRITE_DELAY=0");
        return new TestDatabase(h2.getURL(), h2, "DROP ALL OBJECTS DELETE FILES");
    }

    /**
     * A schema on the PostgreSQL server of the tests, which is started if need be.
     *
     * @return the database
     */
    public static TestDatabase postgreSql() {
        String schema = "test_" + UUID.randomUUID().toString().replace('-', '_');
        execute(JdbcConnectionPool.create(PostgreSqlServer.dataSource()), "CREATE SCHEMA " + schema, true);
        String url =
                PostgreSqlServer.url() + (PostgreSqlServer.url().contains("?") ? "&" : "?") + "currentSchema=" + schema;
        return new TestDatabase(url, postgreSqlAt(url), "DROP SCHEMA " + schema + " CASCADE");
    }

    /**
     * A database on the MariaDB server of the tests, which is started if need be.
     *
     * @return the database
     */
    public static TestDatabase mariaDb() {
        return inMariaDb(MariaDbServer::url);
    }

    /** A database on a server from Debian, which is started if need be. */
    static TestDatabase debian(DebianServer server) {
        return inMariaDb(server::url);
    }

    /** A database on Debian's MySQL by its own driver. */
    static TestDatabase mySqlByItsOwnDriver() {
        TestDatabase made = debian(DebianServer.MYSQL);
        made.pool.dispose();
        MysqlConnectionPoolDataSource source = new MysqlConnectionPoolDataSource();
        source.setURL(made.url
                .replace("jdbc:mariadb:", "jdbc:mysql:")
                .replace(
                        "transactionIsolation=READ_COMMITTED",
                        "sessionVariables=transaction_isolation='READ-COMMITTED'"));
        return new TestDatabase(source.getURL(), source, made.cleanUp, made.dropSchema);
    }

    /** On a server of MariaDB, or of MySQL by MariaDB's driver, that tells the address of a database. */
    private static TestDatabase inMariaDb(UnaryOperator<String> url) {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        execute(JdbcConnectionPool.create(MariaDbServer.dataSourceAt(url.apply(""))), "CREATE DATABASE " + name, true);
        return new TestDatabase(
                url.apply(name),
                MariaDbServer.dataSourceAt(url.apply(name)),
                "DROP DATABASE " + name,
                "DROP SCHEMA %s");
    }

    /**
     * A file of SQLite below {@code target}, with the settings that the store needs. It is in WAL already: of several
     * connections at once that put a new file into it, all but one fail, whatever their busy timeout.
     *
     * @return the database
     */
    public static TestDatabase sqlite() {
        SQLiteConnectionPoolDataSource file = sqliteFile();
        TestDatabase database = new TestDatabase(file.getUrl(), file, null);
        database.execute("SELECT 1");
        return database;
    }

    /** One that another process has made, by its {@link #url}; closing it leaves it as it is. */
    static TestDatabase at(String url) throws SQLException {
        if (url.startsWith("jdbc:sqlite:")) {
            return new TestDatabase(url, sqliteAt(url), null);
        }
        return new TestDatabase(
                url, url.startsWith("jdbc:mariadb:") ? new MariaDbDataSource(url) : postgreSqlAt(url), null);
    }

    private static PGConnectionPoolDataSource postgreSqlAt(String url) {
        PGConnectionPoolDataSource postgreSql = new PGConnectionPoolDataSource();
        postgreSql.setURL(url);
        return postgreSql;
    }

    /** A data source on a new file of SQLite, with the settings that the store needs. */
    static SQLiteConnectionPoolDataSource sqliteFile() {
        try {
            Files.createDirectories(SQLITE);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for SQLite", e);
        }
        return sqliteAt("jdbc:sqlite:" + SQLITE.resolve(UUID.randomUUID() + ".db"));
    }

    private static SQLiteConnectionPoolDataSource sqliteAt(String url) {
        SQLiteConnectionPoolDataSource sqlite = new SQLiteConnectionPoolDataSource();
        sqlite.setUrl(url);
        sqlite.setJournalMode("WAL");
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.setTransactionMode("DEFERRED");
        sqlite.setEnforceForeignKeys(true);
        return sqlite;
    }

    /** Where another process finds it: a JDBC URL, with user and password. */
    String url() {
        return url;
    }

    /** A pool of one connection to this file of SQLite, as an application has it for what writes; dispose it. */
    JdbcConnectionPool oneWriter() {
        return pool(sqliteAt(url), 1);
    }

    /** A pool of connections to this file of SQLite which fail when they wait longer for a lock; dispose it. */
    JdbcConnectionPool waitingFor(Duration patience) {
        SQLiteConnectionPoolDataSource sqlite = sqliteAt(url);
        sqlite.setBusyTimeout((int) patience.toMillis());
        return pool(sqlite, CONNECTIONS);
    }

    /** A data source for this file of SQLite that cannot write. */
    SQLiteConnectionPoolDataSource readers() {
        SQLiteConnectionPoolDataSource sqlite = sqliteAt(url);
        sqlite.setReadOnly(true);
        return sqlite;
    }

    /**
     * Pooled connections.
     *
     * @return always the same
     */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * Executes a statement, or several that are parted by semicolons, which commit by themselves.
     *
     * @param sql the statement
     */
    public void execute(String sql) {
        execute(pool, sql, false);
    }

    private static void execute(JdbcConnectionPool connections, String sql, boolean andDispose) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + sql, e);
        } finally {
            if (andDispose) {
                connections.dispose();
            }
        }
    }

    /** Makes one more schema, which is removed with the database; answers its name. */
    String createSchema() {
        String schema = "other_" + UUID.randomUUID().toString().replace('-', '_');
        execute("CREATE SCHEMA " + schema);
        schemas.add(schema);
        return schema;
    }

    /** Removes the database with all that is in it. */
    @Override
    public void close() {
        schemas.forEach(schema -> execute(dropSchema.formatted(schema)));
        if (cleanUp == null) {
            pool.dispose();
        } else {
            execute(pool, cleanUp, true);
        }
    }
}
