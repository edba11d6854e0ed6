package ee.jobqueue.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

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

    /** In one line: the error and, where it is another, the first of its causes, which is what the database said. */
    static String line(Throwable error) {
        Throwable first = error;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (first.getCause() != null && seen.add(first)) {
            first = first.getCause();
        }
        return first == error ? error.toString() : error + ", caused by " + first;
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
