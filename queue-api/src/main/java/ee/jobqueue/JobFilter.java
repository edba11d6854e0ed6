package ee.jobqueue;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list holds: those to which every given part applies. Immutable.
 *
 * @param types names of their types; empty for all
 * @param statuses where they stand; empty for all
 * @param ids their ids; {@code null} for all. An empty set, unlike that of types, stands for no job, so that a computed one
 *     never means all by mistake
 * @param createdFrom the earliest creation, inclusive; {@code null} for no bound
 * @param createdBefore the latest creation, exclusive; {@code null} for no bound
 * @param blockedBy a chain for which they wait, or waited; {@code null} for any or none
 * @since 0.1
 */
public record JobFilter(
        Set<String> types,
        Set<Status> statuses,
        @Nullable Set<JobId> ids,
        @Nullable Instant createdFrom,
        @Nullable Instant createdBefore,
        @Nullable ChainId blockedBy) {

    /** All jobs. */
    public static final JobFilter ALL = new JobFilter(Set.of(), Set.of(), null, null, null, null);

    /**
     * Copies the sets.
     *
     * @param types names of their types
     * @param statuses where they stand
     * @param ids their ids
     * @param createdFrom the earliest creation, inclusive
     * @param createdBefore the latest creation, exclusive
     * @param blockedBy a chain for which they wait, or waited
     */
    public JobFilter {
        types = Set.copyOf(types);
        statuses = Set.copyOf(statuses);
        ids = ids == null ? null : Set.copyOf(ids);
    }

    /**
     * The same, only jobs of these types.
     *
     * @param newTypes names of types
     * @return a new filter
     */
    public JobFilter ofType(String... newTypes) {
        return new JobFilter(Set.of(newTypes), statuses, ids, createdFrom, createdBefore, blockedBy);
    }

    /**
     * The same, only jobs that stand there.
     *
     * @param newStatuses where they stand
     * @return a new filter
     */
    public JobFilter in(Status... newStatuses) {
        return new JobFilter(types, Set.of(newStatuses), ids, createdFrom, createdBefore, blockedBy);
    }

    /**
     * The same, only these jobs.
     *
     * @param newIds ids; none for no job
     * @return a new filter
     */
    public JobFilter of(Collection<JobId> newIds) {
        return new JobFilter(types, statuses, Set.copyOf(newIds), createdFrom, createdBefore, blockedBy);
    }

    /**
     * The same, only jobs that were created in a time range, by the store's clock.
     *
     * @param from the earliest creation, inclusive; {@code null} for no bound
     * @param before the latest creation, exclusive; {@code null} for no bound
     * @return a new filter
     */
    public JobFilter createdBetween(@Nullable Instant from, @Nullable Instant before) {
        return new JobFilter(types, statuses, ids, from, before, blockedBy);
    }

    /**
     * The same, only jobs that wait, or waited, for a chain. Those that still wait are {@link Status#BLOCKED}.
     *
     * @param chain the chain
     * @return a new filter
     */
    public JobFilter blockedBy(ChainId chain) {
        return new JobFilter(types, statuses, ids, createdFrom, createdBefore, chain);
    }
}
