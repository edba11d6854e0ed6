package ee.jobqueue.ejb;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.NoSuchElementException;

/** Parses a text that is one JSON value and nothing more. */
final class JsonText {

    private JsonText() {}

    /**
     * Parses it.
     *
     * @throws JsonException when it is no JSON, or more follows
     */
    static JsonValue parse(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new JsonException("more text follows the value");
            }
            return value;
        } catch (NoSuchElementException e) {
            throw new JsonException("the text is empty", e);
        }
    }
}
