package ee.jobqueue.spi;

import ee.jobqueue.Printable;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue's logger, {@code ee.jobqueue}. What it is given may come from elsewhere: lines are {@linkplain Printable printable},
 * errors are described before the log sees them, and what the log itself throws reaches nobody, since a full disk is to cost
 * no job. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class QueueLog implements System.Logger {

    private static final System.Logger LOGGER = new QueueLog(System.getLogger("ee.jobqueue"));

    private final System.Logger log;

    private QueueLog(System.Logger log) {
        this.log = log;
    }

    /**
     * The logger of the engine and its stores.
     *
     * @return always the same
     */
    public static System.Logger logger() {
        return LOGGER;
    }

    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        try {
            return log.isLoggable(level);
        } catch (Throwable e) { // whatever it is, nobody is to suffer from the log
            return false;
        }
    }

    @Override
    public void log(Level level, Supplier<String> line) {
        log(level, line, null);
    }

    @Override
    public void log(Level level, Supplier<String> line, @Nullable Throwable error) {
        if (isLoggable(level)) {
            log(level, null, text(line), error);
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String line, @Nullable Throwable error) {
        write(
                level,
                () -> log.log(
                        level,
                        bundle,
                        line == null ? null : Printable.line(line),
                        error == null ? null : new LoggedError(error)));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object @Nullable ... values) {
        write(
                level,
                () -> log.log(
                        level,
                        bundle,
                        format == null ? null : Printable.line(format),
                        values == null
                                ? null
                                : Stream.of(values).map(Printable::of).toArray()));
    }

    private void write(Level level, Runnable writing) {
        if (isLoggable(level)) {
            try {
                writing.run();
            } catch (Throwable e) { // whatever it is, nobody is to suffer from the log
                // the line is lost; there is no other place to say so
            }
        }
    }

    private static String text(Supplier<String> line) {
        try {
            return line.get();
        } catch (Throwable e) { // whatever it is, nobody is to suffer from the log
            return "a line that could not be written: " + Errors.line(e);
        }
    }
}
