package ee.jobqueue.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The databases that are servers: their connections break, and they go down.
 *
 * @since 0.1
 */
public enum ServerDatabase {
    /** PostgreSQL. */
    POSTGRESQL {
        @Override
        String url() {
            return PostgreSqlServer.url();
        }

        @Override
        public RestartableServer newServer() {
            return new PostgreSqlProcess();
        }

        @Override
        public DataSource dataSource(String url, String name) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(url);
            if (!name.isEmpty()) {
                dataSource.setCurrentSchema(name);
                dataSource.setApplicationName(name);
            }
            return dataSource;
        }

        @Override
        public String create(String name) {
            return "CREATE SCHEMA " + name;
        }

        @Override
        String drop(String name) {
            return "DROP SCHEMA " + name + " CASCADE";
        }

        @Override
        public void breakConnections(Statement statement, String name) throws SQLException {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + name + "'");
        }
    },
    /** MariaDB. */
    MARIADB {
        @Override
        String url() {
            return MariaDbServer.url("");
        }

        @Override
        public RestartableServer newServer() {
            return new MariaDbProcess();
        }

        @Override
        public DataSource dataSource(String url, String name) {
            String address = url.replaceFirst("(//[^/?]+)/?", "$1/" + name);
            try {
                return new MariaDbDataSource(address);
            } catch (SQLException e) {
                throw new IllegalStateException("not a JDBC URL of MariaDB: " + address, e);
            }
        }

        @Override
        public String create(String name) {
            return "CREATE DATABASE " + name;
        }

        @Override
        String drop(String name) {
            return "DROP DATABASE " + name;
        }

        @Override
        public void breakConnections(Statement statement, String name) throws SQLException {
            List<Long> connections = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT id FROM information_schema.processlist WHERE db = '" + name + "'")) {
                while (rows.next()) {
                    connections.add(rows.getLong(1));
                }
            }
            for (long connection : connections) {
                kill(statement, connection);
            }
        }

        private static void kill(Statement statement, long connection) throws SQLException {
            try {
                statement.execute("KILL CONNECTION " + connection);
            } catch (SQLException e) {
                if (e.getErrorCode() != NO_SUCH_THREAD) {
                    throw e;
                }
            }
        }
    };

    /** MariaDB: the connection has ended by itself meanwhile. */
    private static final int NO_SUCH_THREAD = 1094;

    /** The address of the server that the tests share. */
    abstract String url();

    /**
     * A server of its own, which can be stopped and killed.
     *
     * @return the server, started
     */
    public abstract RestartableServer newServer();

    /**
     * Connections, unpooled, to a part of a server.
     *
     * @param url the server's address
     * @param name the part's name; empty for none
     * @return a new data source
     */
    public abstract DataSource dataSource(String url, String name);

    /**
     * Makes a part of a server.
     *
     * @param name the part's name
     * @return the statement that does
     */
    public abstract String create(String name);

    /** Removes it with all that is in it. */
    abstract String drop(String name);

    /**
     * Ends all connections to a part of a server, whatever they are doing.
     *
     * @param statement a statement of an administrator
     * @param name the part's name
     * @throws SQLException when they cannot be ended
     */
    public abstract void breakConnections(Statement statement, String name) throws SQLException;
}
