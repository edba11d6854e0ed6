package ee.jobqueue.sample;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.mongo.MongoServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged server, run as a process of its own with its own data, which may be killed and started again. */
final class SampleServer implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

    private final Path home = Path.of(System.getProperty("sample.server"));
    private final Path output;
    private final Map<String, String> settings;
    private final int port = freePort();
    private final Shop shop = new Shop(port);
    private Process process;

    /**
     * Prepares a server without any data.
     *
     * @param output where its logs and data are
     * @param settings environment variables for it
     */
    SampleServer(Path output, Map<String, String> settings) throws IOException {
        this.output = output;
        this.settings = settings;
        if (Files.exists(output)) {
            try (Stream<Path> old = Files.walk(output)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        Files.createDirectories(output);
    }

    /** Starts the server and waits until it is ready for requests. */
    Shop start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/server").toString(), "run", "defaultServer")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        output.resolve("console.log").toFile()));
        builder.environment().putAll(settings);
        builder.environment().put("WLP_OUTPUT_DIR", output.toAbsolutePath().toString());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (System.getProperty("sample.database").equals("mongodb")) {
            builder.environment()
                    .put("JOBQUEUE_MONGO_URI", MongoServer.replicaSet().uri());
            builder.environment()
                    .put("JOBQUEUE_MONGO_DATABASE", output.getFileName().toString());
        }
        process = builder.start();
        await("the server is ready; see " + output)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the server has ended; see " + output, () -> !process.isAlive())
                .until(shop::isReady);
        return shop;
    }

    /** Ends the server with SIGKILL: it gets no chance to finish, or to write, anything. */
    void kill() {
        // The start script first, so that it cannot react to the end of its child.
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(30, SECONDS).join());
    }

    /** The address of its database, for use when the server is down. */
    String databaseUrl() {
        return "jdbc:h2:file:" + output.toAbsolutePath().resolve("defaultServer/data/orders");
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
    }
}
