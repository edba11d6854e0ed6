package ee.jobqueue.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of the tests, one for each JVM, started when it is first asked for: the one whose JDBC URL,
 * with user and password, is in the environment as {@value #ADDRESS}; else a container, where Docker answers; else
 * binaries from Maven Central, which run as any user. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class PostgreSqlServer {

    /** The environment variable with the address of a server that runs already. */
    public static final String ADDRESS = "JOBQUEUE_TEST_POSTGRES_URL";

    private static final String IMAGE = "postgres:17-alpine";

    /** As many as a server's pool has connections; the default is none. */
    private static final String PREPARED = "60";

    private PostgreSqlServer() {}

    /**
     * A new data source on the server.
     *
     * @return a data source that the caller may change
     */
    public static PGConnectionPoolDataSource dataSource() {
        PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
        dataSource.setURL(url());
        return dataSource;
    }

    /**
     * The server's address.
     *
     * @return the JDBC URL, with user and password
     */
    public static String url() {
        return Running.URL;
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
            PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                    .withCommand("postgres", "-c", "max_prepared_transactions=" + PREPARED);
            container.start();
            String separator = container.getJdbcUrl().contains("?") ? "&" : "?";
            return container.getJdbcUrl() + separator + "user=" + container.getUsername() + "&password="
                    + container.getPassword();
        }

        private static String binaries() {
            try {
                @SuppressWarnings("resource") // it ends with the JVM
                EmbeddedPostgres postgreSql = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("max_prepared_transactions", PREPARED)
                        .start();
                return postgreSql.getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }
}
