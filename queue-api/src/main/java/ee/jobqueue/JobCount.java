package ee.jobqueue;

import java.util.Objects;

/**
 * How many jobs of a type stand at a status. Immutable.
 *
 * @param type the type's name
 * @param status where they stand
 * @param jobs how many; at least 1
 * @since 0.1
 */
public record JobCount(String type, Status status, long jobs) {

    /**
     * Refuses nulls.
     *
     * @param type the type's name
     * @param status where they stand
     * @param jobs how many
     */
    public JobCount {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(status, "status");
    }
}
