package ee.jobqueue.jpa;

import java.util.List;
import java.util.stream.Stream;

/**
 * A database server of a test's own, which goes down and comes back with its data at the same address. Started from binaries
 * of Maven Central whatever else is there, since only what a test has started may it stop.
 *
 * @since 0.1
 */
public interface RestartableServer extends AutoCloseable {

    /**
     * The address.
     *
     * @return the JDBC URL with user and password; always the same
     */
    String url();

    /** Stops in order: refuses new connections, breaks those that are open, and writes what is to be written. */
    void stop();

    /** Kills its processes, as a crash would. */
    void kill();

    /** Starts it again, with the same data. */
    void start();

    /** Stops it for good. */
    @Override
    void close();

    /**
     * Ends a process and those below it at once, and waits until they are gone.
     *
     * @param process the process
     */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }
}
