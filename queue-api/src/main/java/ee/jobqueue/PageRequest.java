package ee.jobqueue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list to read. Lists run from the newest entry to the oldest and are paged by their last entry, so that
 * entries that come in meanwhile shift nothing. Immutable.
 *
 * @param size how many entries at the most, 1 to 1,000
 * @param after read on after this entry; {@code null} from the newest on
 * @since 0.1
 */
public record PageRequest(int size, @Nullable Position after) {

    /** The largest page, in entries. */
    public static final int MAX_SIZE = 1_000;

    /**
     * An entry's place in a list.
     *
     * @param createdAt when the entry was written
     * @param id the entry's id
     */
    public record Position(Instant createdAt, String id) {}

    /**
     * Checks the size.
     *
     * @param size how many entries at the most, 1 to 1,000
     * @param after read on after this entry
     */
    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_SIZE + " entries, not " + size);
        }
    }

    /**
     * The first page.
     *
     * @param size how many entries at the most
     * @return the request
     * @throws IllegalArgumentException when the size is out of bounds
     */
    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }
}
