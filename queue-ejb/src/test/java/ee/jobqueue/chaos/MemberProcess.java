package ee.jobqueue.chaos;

import ee.jobqueue.chaos.proxy.Proxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server of a {@link ChaosCluster}: a process, again and again a new one, and its network. Ends with this JVM. For
 * use by one thread.
 *
 * @since 0.1
 */
public final class MemberProcess implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(90);

    private final ChaosDatabase database;
    private final int number;
    private final Proxy proxy;
    private final Path logs;
    private int incarnation;
    private @Nullable Process process;

    MemberProcess(ChaosDatabase database, int number, Path logs) {
        this.database = database;
        this.number = number;
        this.logs = logs;
        this.proxy = new Proxy(database.port(), database.protocol());
    }

    /**
     * Names its present process.
     *
     * @return the name, which no other process has or had
     */
    public String who() {
        return "server-" + number + "." + incarnation;
    }

    /**
     * Its network.
     *
     * @return the proxy between it and the database
     */
    public Proxy network() {
        return proxy;
    }

    /**
     * Whether its process runs.
     *
     * @return whether it does
     */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts a new process. */
    void start(Path folder) {
        incarnation++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(database.member(who(), proxy.port(), folder));
        File log = logs.resolve(who() + ".log").toFile();
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(log)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("a server could not be started", e);
        }
    }

    /**
     * Says something to it.
     *
     * @param words what, as {@link ee.jobqueue.chaos.member.Member} knows it
     */
    public void tell(String words) {
        try {
            Writer writer = running().outputWriter();
            writer.write(words + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(who() + " does not listen", e);
        }
    }

    /** Ends its process at once, with SIGKILL. */
    public void kill() {
        running().destroyForcibly().onExit().join();
    }

    /**
     * Asks its process to stop in order, with SIGTERM.
     *
     * @return whether it has
     */
    public boolean stop() {
        running().destroy();
        return hasEnded();
    }

    /**
     * Lets its process not run, with SIGSTOP and SIGCONT. Another process sends both: should this one end in between,
     * it goes on all the same.
     *
     * @param time how long
     * @throws IOException when that could not be begun
     * @throws InterruptedException when the thread is interrupted
     */
    public void pause(Duration time) throws IOException, InterruptedException {
        String commands = "kill -STOP %1$d; sleep %2$d; kill -CONT %1$d"
                .formatted(running().pid(), time.toSeconds());
        Process shell = new ProcessBuilder("sh", "-c", commands).inheritIO().start();
        if (!shell.waitFor(time.toSeconds() * 2 + 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the pause of " + who() + " does not end");
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(who() + " was not started");
        }
        return process;
    }

    private boolean hasEnded() {
        try {
            return running().waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends its process and its network. */
    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
        proxy.close();
    }
}
