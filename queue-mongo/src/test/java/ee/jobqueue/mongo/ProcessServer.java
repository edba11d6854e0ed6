package ee.jobqueue.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A server in a process of its own, with a folder of its own that it leaves nothing of. */
final class ProcessServer implements RunningServer {

    private final ServerProgram program;
    private final Path storage;
    private final int port;
    private ServerProcess process;

    ProcessServer(ServerProgram program) {
        this.program = program;
        try {
            Path target = Path.of("target");
            storage = Files.isDirectory(target)
                    ? Files.createTempDirectory(target.toAbsolutePath(), "mongo-")
                    : Files.createTempDirectory("jobqueue-mongo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the server", e);
        }
        process = ServerProcess.start(program.announcement(), program.command(storage, program.firstPort()));
        port = Integer.parseInt(process.announced());
        program.initiate(port);
    }

    @Override
    public String uri() {
        return program.uri(port);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void startAgain() {
        process = ServerProcess.start(program.announcement(), program.command(storage, port));
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> files = Files.walk(storage)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // the folder has gone already, as by a clean of the build
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + storage, e);
        }
    }
}
