package ee.jobqueue.jpa;

import org.jspecify.annotations.Nullable;

/** Writes a value as JSON (RFC 8259). */
final class JsonValue {

    private static final char FIRST_PLAIN = ' ';

    private JsonValue() {}

    /** A number or a truth value as such, {@code null} as null, anything else as a string. */
    static String of(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PLAIN) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
