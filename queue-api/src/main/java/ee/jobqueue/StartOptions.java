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
 * @param priority the priority of its jobs, from 0 to 9, the higher first; see {@link Priority}
 * @since 0.1
 */
public record StartOptions(
        Schedule schedule, List<ChainId> blockers, @Nullable Deduplication deduplication, int priority) {

    /** Due at once, waiting for nothing, not deduplicated, of the default priority. */
    public static final StartOptions NONE = new StartOptions(Schedule.NOW, List.of(), null, Priority.DEFAULT);

    /**
     * Copies the list and checks the priority.
     *
     * @param schedule when the first job becomes due
     * @param blockers the chains for which it waits
     * @param deduplication under which key the chain is started at most once
     * @param priority the priority of its jobs
     * @throws IllegalArgumentException when the priority is not from 0 to 9
     */
    public StartOptions {
        Objects.requireNonNull(schedule, "schedule");
        blockers = List.copyOf(blockers);
        Priority.require(priority);
    }

    /**
     * The same, due at a point in time.
     *
     * @param time when; a past time means now
     * @return new options
     */
    public StartOptions at(Instant time) {
        return new StartOptions(Schedule.at(time), blockers, deduplication, priority);
    }

    /**
     * The same, due after a delay.
     *
     * @param delay how long after the write
     * @return new options
     * @throws IllegalArgumentException when the delay is negative
     */
    public StartOptions after(Duration delay) {
        return new StartOptions(Schedule.after(delay), blockers, deduplication, priority);
    }

    /**
     * The same, waiting for one more chain.
     *
     * @param blocker the chain
     * @return new options
     */
    public StartOptions blockedBy(ChainId blocker) {
        return new StartOptions(schedule, StepOptions.append(blockers, blocker), deduplication, priority);
    }

    /**
     * The same, started at most once under a key.
     *
     * @param newDeduplication the key and its reach
     * @return new options
     */
    public StartOptions deduplicatedBy(Deduplication newDeduplication) {
        return new StartOptions(schedule, blockers, newDeduplication, priority);
    }

    /**
     * The same, with another priority, which the continuations inherit.
     *
     * @param newPriority from 0 to 9, the higher first
     * @return new options
     * @throws IllegalArgumentException when it is not from 0 to 9
     */
    public StartOptions withPriority(int newPriority) {
        return new StartOptions(schedule, blockers, deduplication, newPriority);
    }
}
