package ee.jobqueue.mongo;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program that is a server: how it is started and when it is ready. */
interface ServerProgram {

    /** The line with which it says that it is there; its first group is the port. */
    Pattern announcement();

    /**
     * How it is called.
     *
     * @param storage the folder where it keeps its data
     * @param port its port, 0 for one that it takes itself
     */
    List<String> command(Path storage, int port);

    /** The port for its first start. */
    int firstPort();

    /** Where clients connect. */
    String uri(int port);

    /** What is left to do when it runs for the first time. */
    default void initiate(int port) {
        // nothing
    }
}
