package ee.jobqueue.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that are servers: their connections break, and they go down. */
enum ServerDatabase {
    POSTGRESQL {
        @Override
        String url() {
            return PostgreSqlServer.url();
        }

        @Override
        RestartableServer newServer() {
            return new PostgreSqlProcess();
        }

        @Override
        DataSource dataSource(String url, String name) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(url);
            if (!name.isEmpty()) {
                dataSource.setCurrentSchema(name);
                dataSource.setApplicationName(name);
            }
            return dataSource;
        }

        @Override
        String create(String name) {
            return "CREATE SCHEMA " + name;
        }

        @Override
        String drop(String name) {
            return "DROP SCHEMA " + name + " CASCADE";
        }

        @Override
        void breakConnections(Statement statement, String name) throws SQLException {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + name + "'");
        }
    },
    MARIADB {
        @Override
        String url() {
            return MariaDbServer.url("");
        }

        @Override
        RestartableServer newServer() {
            return new MariaDbProcess();
        }

        @Override
        DataSource dataSource(String url, String name) {
            String address = url.replaceFirst("(//[^/?]+)/?", "$1/" + name);
            try {
                return new MariaDbDataSource(address);
            } catch (SQLException e) {
                throw new IllegalStateException("not a JDBC URL of MariaDB: " + address, e);
            }
        }

        @Override
        String create(String name) {
            return "CREATE DATABASE " + name;
        }

        @Override
        String drop(String name) {
            return "DROP DATABASE " + name;
        }

        @Override
        void breakConnections(Statement statement, String name) throws SQLException {
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

    /** A server of its own, which can be stopped and killed; started. */
    abstract RestartableServer newServer();

    /** Connections, unpooled, to a part of a server; to none of them when the name is empty. */
    abstract DataSource dataSource(String url, String name);

    /** Makes a part of a server. */
    abstract String create(String name);

    /** Removes it with all that is in it. */
    abstract String drop(String name);

    /** Ends all connections to a part of a server, whatever they are doing. */
    abstract void breakConnections(Statement statement, String name) throws SQLException;
}
