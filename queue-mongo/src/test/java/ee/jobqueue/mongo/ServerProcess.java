package ee.jobqueue.mongo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own. It ends with this JVM, however that ends: a shell between them kills the server when
 * its standard input, the pipe from here, is closed.
 */
final class ServerProcess implements AutoCloseable {

    private static final String ENDS_WITH_INPUT = """
            exec 3<&0
            "$@" 3<&- </dev/null & server=$!
            { cat <&3; kill $server; } >/dev/null 2>&1 & watcher=$!
            exec 3<&-
            wait $server
            kill $watcher
            """;
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 20;
    private static final int KEPT_LINES = 30;

    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<String> announced = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a server and waits until it says that it is there.
     *
     * @param announcement a line that says so
     * @param command the program and its arguments
     * @throws IllegalStateException when it ends before, or says nothing in time
     */
    static ServerProcess start(Pattern announcement, List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", ENDS_WITH_INPUT, "sh"));
        all.addAll(command);
        ServerProcess server;
        try {
            server = new ServerProcess(
                    new ProcessBuilder(all).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command.get(0), e);
        }
        Thread reader = new Thread(() -> server.read(announcement), "mongo-server-output");
        reader.setDaemon(true);
        reader.start();
        server.awaitAnnouncement(command);
        return server;
    }

    /** The first group of the line with which the server announced itself. */
    String announced() {
        return announced.join();
    }

    private void awaitAnnouncement(List<String> command) {
        try {
            announced.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command, e);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(command, e);
        }
    }

    private IllegalStateException failure(List<String> command, Exception cause) {
        close();
        synchronized (lastLines) {
            return new IllegalStateException(
                    "the server did not start: " + command + "; its last lines: " + String.join("\n", lastLines),
                    cause);
        }
    }

    private void read(Pattern announcement) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                Matcher matcher = announcement.matcher(line);
                if (matcher.find()) {
                    announced.complete(matcher.group(1));
                }
            }
            announced.completeExceptionally(new IllegalStateException("it has ended"));
        } catch (IOException e) {
            announced.completeExceptionally(e);
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    /** Kills the server at once, as a failing machine would. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /** Asks the server to end, and waits for it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the server has gone already, and the pipe with it
        }
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
