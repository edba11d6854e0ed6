package ee.jobqueue.spi;

import java.util.Objects;
import java.util.Set;

/**
 * What a sweep found and mended.
 *
 * @param missed jobs that waited although what became of them was decided by how their blockers had ended, and those who
 *     waited for their chains in turn
 * @param reaped jobs that ran under a worker that is not known
 * @param openTypes the names of the types of all jobs that are not over
 * @since 0.1
 */
public record Swept(Resolved missed, Reaped reaped, Set<String> openTypes) {

    /**
     * Copies the set and refuses nulls.
     *
     * @param missed jobs that waited although it was decided what became of them
     * @param reaped jobs that ran under a worker that is not known
     * @param openTypes the names of the types of all jobs that are not over
     */
    public Swept {
        Objects.requireNonNull(missed, "missed");
        Objects.requireNonNull(reaped, "reaped");
        openTypes = Set.copyOf(openTypes);
    }
}
