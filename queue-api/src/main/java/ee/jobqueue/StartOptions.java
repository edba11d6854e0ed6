package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a chain is started. Immutable.
 *
 * @param schedule when the first job becomes due
 * @param blockers the chains for which it waits, in the order in which it reads their outputs
 * @param deduplication under which key the chain is started at most once; {@code null} for no deduplication
 * @param priority the priority of its jobs, from 0 to 9, the higher first; see {@link Priority}
 * @param id the chain's id, and its first job's; {@code null} for one that the store gives
 * @since 0.1
 */
public record StartOptions(
        Schedule schedule,
        List<Blocker> blockers,
        @Nullable Deduplication deduplication,
        int priority,
        @Nullable UUID id) {

    /** What {@link UUID#variant()} says of the UUIDs that the RFC describes. */
    private static final int RFC_9562 = 2;

    /** Due at once, waiting for nothing, not deduplicated, of the default priority, under an id that the store gives. */
    public static final StartOptions NONE = new StartOptions(Schedule.NOW, List.of(), null, Priority.DEFAULT, null);

    /**
     * Copies the list and checks the priority.
     *
     * @param schedule when the first job becomes due
     * @param blockers the chains for which it waits
     * @param deduplication under which key the chain is started at most once
     * @param priority the priority of its jobs
     * @param id the chain's id, and its first job's
     * @throws IllegalArgumentException when the priority is not from 0 to 9, or the id is no UUID of RFC 9562
     */
    public StartOptions {
        Objects.requireNonNull(schedule, "schedule");
        blockers = List.copyOf(blockers);
        Priority.require(priority);
        if (id != null && id.variant() != RFC_9562) {
            throw new IllegalArgumentException(
                    "an id must be a UUID of RFC 9562, which some databases insist on: " + id);
        }
    }

    /**
     * The same, due at a point in time.
     *
     * @param time when; a past time means now
     * @return new options
     */
    public StartOptions at(Instant time) {
        return new StartOptions(Schedule.at(time), blockers, deduplication, priority, id);
    }

    /**
     * The same, due after a delay.
     *
     * @param delay how long after the write
     * @return new options
     * @throws IllegalArgumentException when the delay is negative
     */
    public StartOptions after(Duration delay) {
        return new StartOptions(Schedule.after(delay), blockers, deduplication, priority, id);
    }

    /**
     * The same, waiting for one more chain, also when it fails or is cancelled ({@link OnFailure#WAIT}).
     *
     * @param blocker the chain
     * @return new options
     */
    public StartOptions blockedBy(ChainId blocker) {
        return blockedBy(blocker, OnFailure.WAIT);
    }

    /**
     * The same, waiting for one more chain.
     *
     * @param blocker the chain
     * @param onFailure what becomes of the job when that chain fails or is cancelled
     * @return new options
     */
    public StartOptions blockedBy(ChainId blocker, OnFailure onFailure) {
        return new StartOptions(
                schedule, StepOptions.append(blockers, new Blocker(blocker, onFailure)), deduplication, priority, id);
    }

    /**
     * The same, started at most once under a key.
     *
     * @param newDeduplication the key and its reach
     * @return new options
     */
    public StartOptions deduplicatedBy(Deduplication newDeduplication) {
        return new StartOptions(schedule, blockers, newDeduplication, priority, id);
    }

    /**
     * The same, with another priority, which the continuations inherit.
     *
     * @param newPriority from 0 to 9, the higher first
     * @return new options
     * @throws IllegalArgumentException when it is not from 0 to 9
     */
    public StartOptions withPriority(int newPriority) {
        return new StartOptions(schedule, blockers, deduplication, newPriority, id);
    }

    /**
     * The same, under an id that the caller chooses, as when it is known elsewhere already. One that is taken is refused
     * with {@link DuplicateJobIdException}; to start a chain at most once and find it again, use a {@link Deduplication}.
     * Ids that do not grow with time, such as random ones, cost the store more to write.
     *
     * @param newId the chain's id, and its first job's
     * @return new options
     * @throws IllegalArgumentException when it is no UUID of RFC 9562
     */
    public StartOptions withId(UUID newId) {
        return new StartOptions(schedule, blockers, deduplication, priority, Objects.requireNonNull(newId, "newId"));
    }
}
