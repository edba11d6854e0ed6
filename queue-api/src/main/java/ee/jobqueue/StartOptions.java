package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a chain is started. Immutable.
 *
 * @param schedule when the first job becomes due
 * @param blockers the chains for which it waits, in the order in which it reads their outputs
 * @param deduplication under which key the chain is started at most once; {@code null} for no deduplication
 * @since 0.1
 */
public record StartOptions(
        Schedule schedule, List<ChainId> blockers, @Nullable Deduplication deduplication) {

    /** Due at once, waiting for nothing, not deduplicated. */
    public static final StartOptions NONE = new StartOptions(Schedule.NOW, List.of(), null);

    /**
     * Copies the list.
     *
     * @param schedule when the first job becomes due
     * @param blockers the chains for which it waits
     * @param deduplication under which key the chain is started at most once
     */
    public StartOptions {
        Objects.requireNonNull(schedule, "schedule");
        blockers = List.copyOf(blockers);
    }

    /**
     * The same, due at a point in time.
     *
     * @param time when; a past time means now
     * @return new options
     */
    public StartOptions at(Instant time) {
        return new StartOptions(Schedule.at(time), blockers, deduplication);
    }

    /**
     * The same, due after a delay.
     *
     * @param delay how long after the write
     * @return new options
     * @throws IllegalArgumentException when the delay is negative
     */
    public StartOptions after(Duration delay) {
        return new StartOptions(Schedule.after(delay), blockers, deduplication);
    }

    /**
     * The same, waiting for one more chain.
     *
     * @param blocker the chain
     * @return new options
     */
    public StartOptions blockedBy(ChainId blocker) {
        return new StartOptions(schedule, StepOptions.append(blockers, blocker), deduplication);
    }

    /**
     * The same, started at most once under a key.
     *
     * @param newDeduplication the key and its reach
     * @return new options
     */
    public StartOptions deduplicatedBy(Deduplication newDeduplication) {
        return new StartOptions(schedule, blockers, newDeduplication);
    }
}
