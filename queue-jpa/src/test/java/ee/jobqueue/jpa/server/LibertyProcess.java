package ee.jobqueue.jpa.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/** A server of its own, which may end in the middle of its work and start again with what it left on the disk. */
final class LibertyProcess implements AutoCloseable {

    private static final String NAME = "own";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private final Path home = Path.of(System.getProperty("liberty.home")).toAbsolutePath();
    private final Path user;
    private final Path server;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;
    private @Nullable Process stop;

    /**
     * Prepares a server without any data.
     *
     * @param user where its configuration and what it writes are; what is there is deleted
     * @param configuration the folder with its {@code server.xml}
     * @param variables variables of its configuration
     */
    LibertyProcess(Path user, Path configuration, Map<String, String> variables) throws IOException {
        this.user = user.toAbsolutePath();
        this.server = this.user.resolve("servers").resolve(NAME);
        this.port = freePort();
        if (Files.exists(user)) {
            try (Stream<Path> old = Files.walk(user)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        copy(configuration, server);
        copy(TestWar.serverFolder().resolve("drivers"), server.resolve("drivers"));
        Properties bootstrap = new Properties();
        bootstrap.putAll(variables);
        bootstrap.setProperty("http.port", Integer.toString(port));
        bootstrap.setProperty(
                "liberty.configuration",
                Path.of("../src/liberty").toAbsolutePath().normalize().toString());
        try (var file = Files.newBufferedWriter(server.resolve("bootstrap.properties"))) {
            bootstrap.store(file, null);
        }
    }

    /** A folder of the server, for what it needs besides. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(server.resolve(name));
    }

    /** Gives it an application. */
    void deploy(WebArchive application) throws IOException {
        application
                .as(ZipExporter.class)
                .exportTo(folder("apps").resolve(application.getName()).toFile(), true);
    }

    /** Starts it, unless it runs, and waits until an address of its application answers. */
    void start(String path) throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/server").toString(), "run", NAME)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        user.resolve("console.log").toFile()));
        environment(builder);
        builder.environment().put("JVM_ARGS", "-XX:TieredStopAtLevel=1");
        process = builder.start();
        await("the server answers; see " + user)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the server has ended; see " + user, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> send("GET", path).statusCode() == 200);
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path, Duration.ofSeconds(30)), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends what is answered later. */
    CompletableFuture<HttpResponse<String>> sendLater(String method, String path) {
        return client.sendAsync(request(method, path, START_TIMEOUT), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(timeout)
                .build();
    }

    /** Begins to stop it as its operator would. Returns at once. */
    void stop() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/server").toString(), "stop", NAME)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        user.resolve("stop.log").toFile()));
        environment(builder);
        stop = builder.start();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() {
        process.onExit().orTimeout(120, SECONDS).join();
    }

    /** What it has logged so far. */
    String log() throws IOException {
        return Files.readString(server.resolve("logs").resolve("messages.log"));
    }

    /** Ends it with SIGKILL. */
    @Override
    public void close() {
        Stream.of(Optional.ofNullable(stop), Optional.ofNullable(process))
                .flatMap(Optional::stream)
                .forEach(LibertyProcess::kill);
    }

    /** The script first, so that it cannot react to the end of its child. */
    private static void kill(Process script) {
        List<ProcessHandle> all = Stream.concat(Stream.of(script.toHandle()), script.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(30, SECONDS).join());
    }

    private void environment(ProcessBuilder builder) {
        builder.environment().put("WLP_USER_DIR", user.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    }

    @Override
    public String toString() {
        return user.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
