package ee.jobqueue.jpa;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link DebianServer} that runs, with new data. It ends with this JVM, however that ends, and its data with it: a shell
 * between them ends the server when its standard input, the pipe from here, is closed.
 */
final class DebianServerProcess {

    private static final String ENDS_WITH_INPUT = """
            folder=$1; initial=$2; shift 2
            cp -R "$initial" "$folder/data" || exit 1
            exec 3<&0
            "$@" 3<&- </dev/null & server=$!
            { cat <&3; kill $server; } >/dev/null 2>&1 & watcher=$!
            exec 3<&-
            wait $server
            kill $watcher
            rm -rf "$folder"
            """;

    /** On a machine that has much else to do. */
    private static final Duration START = Duration.ofMinutes(5);

    /** Kept, since the pipe to it is closed when nobody knows it any more. */
    private final Process process;

    private final int port;

    private DebianServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server and waits until it answers. */
    static DebianServerProcess start(DebianServer server) {
        Path log = Path.of("target", server.folder().getFileName() + ".log");
        try {
            Path folder = Files.createTempDirectory(server.packageName());
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    "sh",
                    "-c",
                    ENDS_WITH_INPUT,
                    "sh",
                    folder.toString(),
                    DebianServer.initialData(server.folder()).toString()));
            command.addAll(server.command(folder.resolve("data"), port));
            DebianServerProcess started = new DebianServerProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    port);
            await().atMost(START).until(() -> !started.process.isAlive() || started.answers());
            if (!started.process.isAlive()) {
                throw new IllegalStateException(server.title() + " did not start:\n" + Files.readString(log));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + server.title(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(address())) {
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The address for MariaDB's driver, without a database. */
    String address() {
        return "jdbc:mariadb://localhost:" + port + "/?user=root";
    }
}
