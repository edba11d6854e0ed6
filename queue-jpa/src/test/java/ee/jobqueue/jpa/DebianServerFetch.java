package ee.jobqueue.jpa;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Fetches the {@link DebianServer servers} that the tests take from Debian: once for a machine, into the user's cache folder.
 * The build of the module calls it before its tests, which start them there. They are programs of their own, neither linked nor
 * shipped.
 *
 * <p>It never fails the build: what cannot be had is said here, and the tests that need it do not run.
 */
final class DebianServerFetch {

    private DebianServerFetch() {}

    /**
     * Fetches those that are not there.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (DebianServer server : DebianServer.values()) {
            if (server.missing() != null) {
                fetch(server, System.out);
            }
        }
    }

    /** One at a time on a machine: who comes second waits, and finds what the first has fetched. */
    private static void fetch(DebianServer server, PrintStream out) throws IOException, InterruptedException {
        Path folder = server.folder();
        Files.createDirectories(folder.getParent());
        try (FileChannel channel =
                        FileChannel.open(beside(folder, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid() || server.isFetched()) {
                return;
            }
            Path log = beside(folder, ".log");
            out.printf("Fetching %s for the tests into %s, once; the log is %s%n", server.title(), folder, log);
            try {
                fetch(server, folder, log);
            } catch (IOException | IllegalStateException e) {
                out.printf(
                        "%s could not be fetched, see %s: its tests do NOT RUN (%s)%n",
                        server.title(), log, e.getMessage());
            }
        }
    }

    /** Made beside its place and moved there when complete, so that nobody starts half a server. */
    private static void fetch(DebianServer server, Path folder, Path log) throws IOException, InterruptedException {
        Path state = beside(folder, ".apt");
        Path made = beside(folder, ".made");
        delete(state);
        delete(made);
        Files.deleteIfExists(log);
        try {
            Files.createDirectory(state);
            Files.createDirectory(made);
            new DebianPackages(state, server.suite(), log).unpack(server.packageName(), made);
            server.initialize(made, DebianServer.initialData(made), log);
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(state);
            delete(made);
        }
    }

    private static Path beside(Path folder, String ending) {
        return folder.resolveSibling(folder.getFileName() + ending);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
