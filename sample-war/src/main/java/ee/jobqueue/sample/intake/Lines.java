package ee.jobqueue.sample.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of a bounded length, so that a file without line breaks cannot fill the memory. */
final class Lines {

    static final int MAX_LENGTH = 1_000;

    private final Reader reader;
    private int number;

    Lines(Reader reader) {
        this.reader = new BufferedReader(reader);
    }

    /** The number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** Reads the next line; {@code null} at the end. A line that is too long is cut off, one character past the limit. */
    @Nullable String next() throws IOException {
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        number++;
        StringBuilder line = new StringBuilder();
        for (; character >= 0 && character != '\n'; character = reader.read()) {
            if (line.length() <= MAX_LENGTH) {
                line.append((char) character);
            }
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }
}
