package ee.jobqueue.jpa.server;

import ee.jobqueue.jpa.MariaDbServer;
import ee.jobqueue.jpa.PostgreSqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.mariadb.jdbc.Configuration;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases on which the queue is tested in the server, each by a file of {@code src/liberty}. */
enum ServerDatabase {
    H2("H2"),
    MARIADB("MariaDB") {
        @Override
        Map<String, String> create() {
            String name = newName();
            execute(MariaDbServer.url(""), "CREATE DATABASE " + name);
            Configuration server = configuration(MariaDbServer.url(name));
            return Map.of(
                    "mariadb.host",
                    server.addresses().get(0).host,
                    "mariadb.port",
                    Integer.toString(server.addresses().get(0).port),
                    "mariadb.database",
                    name,
                    "mariadb.user",
                    server.user(),
                    "mariadb.password",
                    server.password() == null ? "" : server.password());
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        Map<String, String> create() {
            return postgreSql();
        }
    },
    POSTGRESQL_XA("PostgreSQL XA") {
        @Override
        Map<String, String> create() {
            return postgreSql();
        }
    },
    SQLITE("SQLite") {
        @Override
        Map<String, String> settings() {
            return Map.of("jobqueue.jpa.reader-data-source", "jdbc/readers");
        }
    };

    private final String title;

    ServerDatabase(String title) {
        this.title = title;
    }

    /** The one that this run is about. */
    static ServerDatabase current() {
        return valueOf(
                System.getProperty("liberty.database").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What the store is called in the report of what ran. */
    String reportName() {
        return title + " in Open Liberty";
    }

    /** The file that gives the server this data source. */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".xml";
    }

    /** Creates an empty database, on a server that is started if need be, and tells the variables of the file. */
    Map<String, String> create() {
        return Map.of();
    }

    /** What the application of the suite sets beside, so that it uses all that the file has. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** An empty database on the PostgreSQL server of the tests. */
    static Map<String, String> postgreSql() {
        String name = newName();
        execute(PostgreSqlServer.url(), "CREATE DATABASE " + name);
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setURL(PostgreSqlServer.url());
        return Map.of(
                "postgresql.host",
                server.getServerNames()[0],
                "postgresql.port",
                Integer.toString(server.getPortNumbers()[0]),
                "postgresql.database",
                name,
                "postgresql.user",
                server.getUser(),
                "postgresql.password",
                server.getPassword() == null ? "" : server.getPassword());
    }

    private static String newName() {
        return "server_" + UUID.randomUUID().toString().replace('-', '_');
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + sql, e);
        }
    }

    private static Configuration configuration(String url) {
        try {
            return Configuration.parse(url);
        } catch (SQLException e) {
            throw new IllegalStateException("not a JDBC URL of MariaDB: " + url, e);
        }
    }
}
