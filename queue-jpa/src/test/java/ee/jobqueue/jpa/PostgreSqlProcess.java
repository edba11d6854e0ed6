package ee.jobqueue.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** PostgreSQL as processes of a test's own. For use by one thread. */
final class PostgreSqlProcess implements RestartableServer {

    private final Path data = Path.of("target", "postgresql", UUID.randomUUID().toString());
    private EmbeddedPostgres running;

    PostgreSqlProcess() {
        running = run(0);
    }

    @Override
    public String url() {
        return running.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void stop() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }

    @Override
    public void kill() {
        RestartableServer.kill(running.getProcess().toHandle());
        stop(); // lets go of the data
    }

    @Override
    public void start() {
        running = run(running.getPort());
    }

    private EmbeddedPostgres run(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + data, e);
        }
    }
}
