package ee.jobqueue.mongo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * Builds SecantusDB, a server that speaks MongoDB's protocol, where the tests have no MongoDB: once for a machine, into the
 * user's cache folder, from crates.io at a fixed version. The build of the module calls it before its tests, since it takes
 * minutes and needs Rust ({@code cargo}) and {@code cmake}. It is a program of its own, neither linked nor shipped.
 *
 * <p>It never fails the build: what cannot be had is said here, the tests that need it do not run, and the list of required
 * stores then fails the build.
 */
final class SecantusBuild {

    static final String VERSION = "0.5.3-beta.196";

    private static final String CRATE = "secantus-mdb";
    private static final String EXECUTABLE = "secantusd-rs";
    private static final int MINUTES = 40;

    private SecantusBuild() {}

    /** Where the server is, or will be when it is built. */
    static Path binary(UnaryOperator<@Nullable String> environment) {
        return folder(environment).resolve("bin").resolve(EXECUTABLE);
    }

    private static Path folder(UnaryOperator<@Nullable String> environment) {
        String cache = environment.apply("XDG_CACHE_HOME");
        Path root =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return root.resolve("jobqueue").resolve(CRATE + "-" + VERSION);
    }

    /**
     * Builds the server when it is wanted and not there.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServerSource source = ServerSource.choose(
                System::getenv, () -> DockerClientFactory.instance().isDockerAvailable());
        if (source instanceof ServerSource.Secantus) {
            build(System::getenv, System.out);
        }
    }

    /** One at a time on a machine: who comes second waits, and finds what the first has built. */
    private static void build(UnaryOperator<@Nullable String> environment, PrintStream out)
            throws IOException, InterruptedException {
        Path binary = binary(environment);
        if (Files.isExecutable(binary)) {
            return;
        }
        if (ServerSource.onPath("cargo", environment).isEmpty()
                || ServerSource.onPath("cmake", environment).isEmpty()) {
            out.println(
                    "There is no MongoDB server for the tests, and cargo and cmake, which would build one, are missing:"
                            + " the MongoDB store's tests do NOT RUN. See README for the ways to give them a server.");
            return;
        }
        Path folder = folder(environment);
        Files.createDirectories(folder.getParent());
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.isExecutable(binary)) {
                install(folder, binary, out);
            }
        }
    }

    /** Built beside its place and moved there when complete, so that nobody starts half a server. */
    private static void install(Path folder, Path binary, PrintStream out) throws IOException, InterruptedException {
        Path building = folder.resolveSibling(folder.getFileName() + ".building");
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        out.printf(
                "No MongoDB server for the tests was found: building %s %s into %s, once."
                        + " This takes some minutes; its log is %s%n",
                CRATE, VERSION, folder, log);
        Process cargo = new ProcessBuilder(List.of(
                        "cargo",
                        "install",
                        CRATE,
                        "--version",
                        VERSION,
                        "--locked",
                        "--ignore-rust-version",
                        "--force",
                        "--root",
                        building.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        cargo.getOutputStream().close();
        try {
            if (!cargo.waitFor(MINUTES, TimeUnit.MINUTES) || cargo.exitValue() != 0) {
                out.printf("%s could not be built, see %s: the MongoDB store's tests do NOT RUN.%n", CRATE, log);
                return;
            }
        } finally {
            cargo.descendants().forEach(ProcessHandle::destroy);
            cargo.destroy();
        }
        Files.createDirectories(binary.getParent());
        Files.move(building.resolve("bin").resolve(EXECUTABLE), binary, StandardCopyOption.ATOMIC_MOVE);
    }
}
