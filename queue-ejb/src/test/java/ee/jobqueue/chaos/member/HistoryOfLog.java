package ee.jobqueue.chaos.member;

import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes down what the queue logs. */
final class HistoryOfLog extends Handler {

    private final HistoryFile history;

    HistoryOfLog(HistoryFile history) {
        this.history = history;
        setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            history.add(What.LOGGED, "level", entry.getLevel(), "line", entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        // the history is closed by its owner
    }
}
