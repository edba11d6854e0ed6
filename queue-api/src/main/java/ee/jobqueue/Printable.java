package ee.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from elsewhere fit for a line of a log or for a message: what moves the cursor, starts a line, changes the
 * direction of writing or is not seen at all is written out, as {@code \n} or <code>&#92;u001b</code>. So nobody can forge a
 * line of a log by what an input, a key or an error says. The messages of the queue's own errors are printable.
 *
 * @since 0.1
 */
public final class Printable {

    private static final int MAX_OBJECT_LENGTH = 1_000;

    /** The two that scripts and pictures of several characters need; neither moves anything. */
    private static final String JOINERS = "\u200c\u200d";

    private Printable() {}

    /**
     * In one line: line breaks and tabs are written out too.
     *
     * @param text any text
     * @return the text; the same when it has nothing to write out
     */
    public static String line(String text) {
        return written(text, "");
    }

    /**
     * In as many lines as it has: line feeds and tabs stay, all else is written out. A carriage return before a line feed is
     * left out.
     *
     * @param text any text
     * @return the text; the same when it has nothing to write out
     */
    public static String text(String text) {
        return written(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n"), "\n\t");
    }

    /**
     * What an object says of itself, in one line of at most 1,000 characters; the name of its class when it fails to say
     * anything. Never throws.
     *
     * @param object any object
     * @return the line
     */
    public static String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        try {
            return line(cut(String.valueOf(object.toString()), MAX_OBJECT_LENGTH));
        } catch (Throwable e) { // whatever it is, the line is to be printed
            return object.getClass().getName();
        }
    }

    /**
     * Cuts a text where it is too long; never between the halves of a surrogate pair.
     *
     * @param text any text
     * @param length how many characters may stay
     * @return the text; the same when it is not too long
     */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String written(String text, String kept) {
        StringBuilder written = null;
        int next;
        for (int at = 0; at < text.length(); at = next) {
            int character = text.codePointAt(at);
            next = at + Character.charCount(character);
            boolean isSeen = isSeen(character) || kept.indexOf(character) >= 0;
            if (!isSeen && written == null) {
                written = new StringBuilder(text.length() + 16).append(text, 0, at);
            }
            if (written != null && isSeen) {
                written.appendCodePoint(character);
            } else if (written != null) {
                writeOut(written, text, at, next);
            }
        }
        return written == null ? text : written.toString();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> JOINERS.indexOf(character) >= 0;
            default -> true;
        };
    }

    private static void writeOut(StringBuilder written, String text, int from, int to) {
        for (char each : text.substring(from, to).toCharArray()) {
            switch (each) {
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> written.append("\\u").append("%04x".formatted((int) each));
            }
        }
    }
}
