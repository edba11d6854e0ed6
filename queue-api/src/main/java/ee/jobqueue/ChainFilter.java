package ee.jobqueue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which chains a list holds: those to which every given part applies. Immutable.
 *
 * @param types names of the types that started them; empty for all
 * @param statuses where they stand; empty for all
 * @param startedFrom the earliest start, inclusive; {@code null} for no bound
 * @param startedBefore the latest start, exclusive; {@code null} for no bound
 * @since 0.1
 */
public record ChainFilter(
        Set<String> types,
        Set<Status> statuses,
        @Nullable Instant startedFrom,
        @Nullable Instant startedBefore) {

    /** All chains. */
    public static final ChainFilter ALL = new ChainFilter(Set.of(), Set.of(), null, null);

    /**
     * Copies the sets.
     *
     * @param types names of the types that started them
     * @param statuses where they stand
     * @param startedFrom the earliest start, inclusive
     * @param startedBefore the latest start, exclusive
     */
    public ChainFilter {
        types = Set.copyOf(types);
        statuses = Set.copyOf(statuses);
    }

    /**
     * The same, only chains that were started by these types.
     *
     * @param newTypes names of types
     * @return a new filter
     */
    public ChainFilter ofType(String... newTypes) {
        return new ChainFilter(Set.of(newTypes), statuses, startedFrom, startedBefore);
    }

    /**
     * The same, only chains that stand there.
     *
     * @param newStatuses where they stand
     * @return a new filter
     */
    public ChainFilter in(Status... newStatuses) {
        return new ChainFilter(types, Set.of(newStatuses), startedFrom, startedBefore);
    }
}
