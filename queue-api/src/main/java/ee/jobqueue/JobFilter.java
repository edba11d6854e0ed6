package ee.jobqueue;

import java.util.Set;

/**
 * Which jobs a list holds: those to which every given part applies. Immutable.
 *
 * @param types names of their types; empty for all
 * @param statuses where they stand; empty for all
 * @since 0.1
 */
public record JobFilter(Set<String> types, Set<Status> statuses) {

    /** All jobs. */
    public static final JobFilter ALL = new JobFilter(Set.of(), Set.of());

    /**
     * Copies the sets.
     *
     * @param types names of their types
     * @param statuses where they stand
     */
    public JobFilter {
        types = Set.copyOf(types);
        statuses = Set.copyOf(statuses);
    }

    /**
     * The same, only jobs of these types.
     *
     * @param newTypes names of types
     * @return a new filter
     */
    public JobFilter ofType(String... newTypes) {
        return new JobFilter(Set.of(newTypes), statuses);
    }

    /**
     * The same, only jobs that stand there.
     *
     * @param newStatuses where they stand
     * @return a new filter
     */
    public JobFilter in(Status... newStatuses) {
        return new JobFilter(types, Set.of(newStatuses));
    }
}
