package ee.jobqueue.conformance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the queue logs while this is open. Thread-safe.
 *
 * @since 0.1
 */
public final class LogLines implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("ee.jobqueue");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(String.valueOf(entry.getMessage()));
            if (entry.getThrown() != null) {
                StringWriter trace = new StringWriter();
                entry.getThrown().printStackTrace(new PrintWriter(trace));
                traces.add(trace.toString());
            }
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** Listens from now on. */
    public LogLines() {
        LOGGER.addHandler(handler);
    }

    /**
     * The lines so far, unformatted.
     *
     * @return a list that grows
     */
    public List<String> all() {
        return lines;
    }

    /**
     * The errors that were logged so far, as a log prints them.
     *
     * @return a list that grows
     */
    public List<String> traces() {
        return traces;
    }

    @Override
    public void close() {
        LOGGER.removeHandler(handler);
    }
}
