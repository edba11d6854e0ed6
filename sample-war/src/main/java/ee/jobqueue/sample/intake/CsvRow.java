package ee.jobqueue.sample.intake;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one row of CSV into its fields: separated by commas, quoted where they hold one, quotes doubled inside quotes
 * (RFC 4180, without line breaks inside a field).
 */
final class CsvRow {

    private final String text;
    private int position;

    private CsvRow(String text) {
        this.text = text;
    }

    static List<String> split(String text) throws MalformedRowException {
        CsvRow row = new CsvRow(text);
        List<String> fields = new ArrayList<>();
        fields.add(row.field());
        while (row.position < text.length()) {
            row.position++; // the comma
            fields.add(row.field());
        }
        return fields;
    }

    private String field() throws MalformedRowException {
        return position < text.length() && text.charAt(position) == '"' ? quoted() : plain();
    }

    private String plain() throws MalformedRowException {
        int end = text.indexOf(',', position);
        String field = text.substring(position, end < 0 ? text.length() : end);
        if (field.indexOf('"') >= 0) {
            throw new MalformedRowException("a quote inside a field that is not quoted");
        }
        position += field.length();
        return field.strip();
    }

    private String quoted() throws MalformedRowException {
        StringBuilder field = new StringBuilder();
        position++;
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next != '"') {
                field.append(next);
            } else if (position < text.length() && text.charAt(position) == '"') {
                field.append('"');
                position++;
            } else if (position == text.length() || text.charAt(position) == ',') {
                return field.toString();
            } else {
                throw new MalformedRowException("text after a closing quote");
            }
        }
        throw new MalformedRowException("a quote is not closed");
    }
}
