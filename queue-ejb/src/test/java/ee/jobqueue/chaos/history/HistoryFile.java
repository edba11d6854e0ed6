package ee.jobqueue.chaos.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where one process writes what it does: a line each, with one call of the operating system, so that what was written
 * outlives a process that is killed. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class HistoryFile implements AutoCloseable {

    /** How the files' names end. */
    static final String SUFFIX = ".history";

    private final String who;
    private FileChannel file;

    /**
     * Begins a file.
     *
     * @param folder where
     * @param who the process, whose name the file gets
     */
    public HistoryFile(Path folder, String who) {
        this.who = who;
        this.file = open(folder);
    }

    /**
     * Goes on in another folder.
     *
     * @param folder where
     */
    public synchronized void continueIn(Path folder) {
        close();
        file = open(folder);
    }

    /**
     * Writes down what happened now.
     *
     * @param what what
     * @param details names and values, in turn
     */
    public synchronized void add(What what, Object... details) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            named.put(details[i].toString(), String.valueOf(details[i + 1]));
        }
        String line = new Event(System.currentTimeMillis(), who, what, named).line() + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the history of " + who + " cannot be written", e);
        }
    }

    private FileChannel open(Path folder) {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(folder.resolve(who + SUFFIX), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the history of " + who + " cannot be begun", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the history of " + who + " cannot be closed", e);
        }
    }
}
