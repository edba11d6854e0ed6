package ee.jobqueue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. Immutable.
 *
 * @param <T> what is listed
 * @param entries the entries, newest first
 * @param nextRequest how to read on; {@code null} when this was the last page
 * @since 0.1
 */
public record Page<T>(List<T> entries, @Nullable PageRequest nextRequest) {

    /**
     * Copies the list.
     *
     * @param entries the entries, newest first
     * @param nextRequest how to read on
     */
    public Page {
        entries = List.copyOf(entries);
    }

    /**
     * How to read on.
     *
     * @return the request for the next page; empty when this was the last
     */
    public Optional<PageRequest> next() {
        return Optional.ofNullable(nextRequest);
    }
}
