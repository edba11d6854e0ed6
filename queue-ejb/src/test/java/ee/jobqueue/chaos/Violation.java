package ee.jobqueue.chaos;

import java.util.List;

/**
 * Something that must not be.
 *
 * @param what what, in a sentence
 * @param history what led to it
 * @since 0.1
 */
public record Violation(String what, List<String> history) {

    @Override
    public String toString() {
        return what + "\n    " + String.join("\n    ", history);
    }
}
