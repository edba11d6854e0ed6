package ee.jobqueue.jpa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs programs of the machine, for a bounded time and with their output in a file. */
final class Tool {

    private static final int MINUTES = 5;

    private Tool() {}

    /**
     * Runs a program to its end.
     *
     * @param folder where it runs
     * @param input what it reads; nothing when {@code null}
     * @param log the file that gets all it prints
     * @throws IOException when it cannot be started, fails, or takes too long
     */
    static void run(List<String> command, Path folder, @Nullable Path input, Path log)
            throws IOException, InterruptedException {
        end(
                command,
                start(command, folder, input)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true)
                        .start());
    }

    /** The same, and answers what the program prints. */
    static String output(List<String> command, Path folder, Path log) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        try {
            end(
                    command,
                    start(command, folder, null)
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }

    private static ProcessBuilder start(List<String> command, Path folder, @Nullable Path input) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C");
        return input == null
                ? builder.redirectInput(
                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                : builder.redirectInput(input.toFile());
    }

    private static void end(List<String> command, Process process) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(command.get(0) + " took more than " + MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " ended with " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
