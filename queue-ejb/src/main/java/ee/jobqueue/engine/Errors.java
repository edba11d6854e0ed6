package ee.jobqueue.engine;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Turns errors into the text that is kept with a job. */
final class Errors {

    /** How much of an error is kept, in characters. */
    static final int MAX_LENGTH = 10_000;

    private Errors() {}

    /** Class, message and stack trace, causes included. */
    static String describe(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return bounded(text.toString());
    }

    /** The text, cut where it is too long; never between the halves of a surrogate pair. */
    static String bounded(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end);
    }
}
