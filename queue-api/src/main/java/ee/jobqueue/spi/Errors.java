package ee.jobqueue.spi;

import ee.jobqueue.Printable;
import java.util.List;

/**
 * Turns errors into text for people. An error may be the application's own: whatever it does when it is asked, nothing here
 * throws, and nothing becomes long. The text is {@linkplain Printable printable}.
 *
 * @since 0.1
 */
public final class Errors {

    /** How much of an error is kept with a job, in characters. */
    public static final int MAX_LENGTH = 10_000;

    /** How much of a message stands in a line. */
    private static final int MAX_MESSAGE_LENGTH = 1_000;

    private Errors() {}

    /**
     * Class, message and stack trace, then causes and suppressed errors, as far as there is room.
     *
     * @param error the error
     * @return the text, of several lines, at most {@link #MAX_LENGTH} characters
     */
    public static String describe(Throwable error) {
        return new Description(Printable::text).of(error);
    }

    /**
     * In one line: the error and, where it is another, the first of its causes, which is what the database said.
     *
     * @param error the error
     * @return the line
     */
    public static String line(Throwable error) {
        List<Throwable> causes = Causes.of(error);
        Throwable first = causes.get(causes.size() - 1);
        return first == error ? head(error) : head(error) + ", caused by " + head(first);
    }

    /**
     * A text as it is kept with a job: printable, and cut where it is too long.
     *
     * @param text why a job failed, as the application says it
     * @return the text, at most {@link #MAX_LENGTH} characters
     */
    public static String kept(String text) {
        return Printable.cut(Printable.text(Printable.cut(text, MAX_LENGTH)), MAX_LENGTH);
    }

    private static String head(Throwable error) {
        return name(error) + Printable.line(message(error, MAX_MESSAGE_LENGTH));
    }

    static String name(Throwable error) {
        return Printable.line(error.getClass().getName());
    }

    /** The message after a colon, cut where it is too long; empty when there is none. */
    static String message(Throwable error, int length) {
        try {
            String message = error.getLocalizedMessage();
            return message == null ? "" : ": " + Printable.cut(message, length);
        } catch (Throwable e) { // the error's own code has failed, whatever with
            return ", whose message cannot be read (" + name(e) + ")";
        }
    }
}
