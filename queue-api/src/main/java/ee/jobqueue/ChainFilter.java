package ee.jobqueue;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which chains a list holds: those to which every given part applies. Immutable.
 *
 * @param types names of the types that started them; empty for all
 * @param statuses where they stand; empty for all
 * @param ids their ids; {@code null} for all. An empty set, unlike that of types, stands for no chain, so that a computed
 *     one never means all by mistake
 * @param startedFrom the earliest start, inclusive; {@code null} for no bound
 * @param startedBefore the latest start, exclusive; {@code null} for no bound
 * @param blockedBy a chain for which one of their jobs waits, or waited; {@code null} for any or none
 * @since 0.1
 */
public record ChainFilter(
        Set<String> types,
        Set<Status> statuses,
        @Nullable Set<ChainId> ids,
        @Nullable Instant startedFrom,
        @Nullable Instant startedBefore,
        @Nullable ChainId blockedBy) {

    /** All chains. */
    public static final ChainFilter ALL = new ChainFilter(Set.of(), Set.of(), null, null, null, null);

    /**
     * Copies the sets.
     *
     * @param types names of the types that started them
     * @param statuses where they stand
     * @param ids their ids
     * @param startedFrom the earliest start, inclusive
     * @param startedBefore the latest start, exclusive
     * @param blockedBy a chain for which one of their jobs waits, or waited
     */
    public ChainFilter {
        types = Set.copyOf(types);
        statuses = Set.copyOf(statuses);
        ids = ids == null ? null : Set.copyOf(ids);
    }

    /**
     * The same, only chains that were started by these types.
     *
     * @param newTypes names of types
     * @return a new filter
     */
    public ChainFilter ofType(String... newTypes) {
        return new ChainFilter(Set.of(newTypes), statuses, ids, startedFrom, startedBefore, blockedBy);
    }

    /**
     * The same, only chains that stand there.
     *
     * @param newStatuses where they stand
     * @return a new filter
     */
    public ChainFilter in(Status... newStatuses) {
        return new ChainFilter(types, Set.of(newStatuses), ids, startedFrom, startedBefore, blockedBy);
    }

    /**
     * The same, only these chains.
     *
     * @param newIds ids; none for no chain
     * @return a new filter
     */
    public ChainFilter of(Collection<ChainId> newIds) {
        return new ChainFilter(types, statuses, Set.copyOf(newIds), startedFrom, startedBefore, blockedBy);
    }

    /**
     * The same, only chains that were started in a time range, by the store's clock.
     *
     * @param from the earliest start, inclusive; {@code null} for no bound
     * @param before the latest start, exclusive; {@code null} for no bound
     * @return a new filter
     */
    public ChainFilter startedBetween(@Nullable Instant from, @Nullable Instant before) {
        return new ChainFilter(types, statuses, ids, from, before, blockedBy);
    }

    /**
     * The same, only chains of which a job waits, or waited, for a chain.
     *
     * @param chain the chain
     * @return a new filter
     */
    public ChainFilter blockedBy(ChainId chain) {
        return new ChainFilter(types, statuses, ids, startedFrom, startedBefore, chain);
    }
}
