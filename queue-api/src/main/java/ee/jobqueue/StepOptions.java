package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a continuation is written. Immutable.
 *
 * @param schedule when the job becomes due
 * @param blockers the chains for which it waits, in the order in which it reads their outputs
 * @param priority its priority, from 0 to 9, the higher first, see {@link Priority}; {@code null} for that of the job before
 * @since 0.1
 */
public record StepOptions(
        Schedule schedule, List<Blocker> blockers, @Nullable Integer priority) {

    /** Due at once, waiting for nothing, of the priority of the job before. */
    public static final StepOptions NONE = new StepOptions(Schedule.NOW, List.of(), null);

    /**
     * Copies the list and checks the priority.
     *
     * @param schedule when the job becomes due
     * @param blockers the chains for which it waits
     * @param priority its priority
     * @throws IllegalArgumentException when the priority is not from 0 to 9
     */
    public StepOptions {
        Objects.requireNonNull(schedule, "schedule");
        blockers = List.copyOf(blockers);
        if (priority != null) {
            Priority.require(priority);
        }
    }

    /**
     * The same, due at a point in time.
     *
     * @param time when; a past time means now
     * @return new options
     */
    public StepOptions at(Instant time) {
        return new StepOptions(Schedule.at(time), blockers, priority);
    }

    /**
     * The same, due after a delay.
     *
     * @param delay how long after the write
     * @return new options
     * @throws IllegalArgumentException when the delay is negative
     */
    public StepOptions after(Duration delay) {
        return new StepOptions(Schedule.after(delay), blockers, priority);
    }

    /**
     * The same, waiting for one more chain, also when it fails or is cancelled ({@link OnFailure#WAIT}).
     *
     * @param blocker the chain
     * @return new options
     */
    public StepOptions blockedBy(ChainId blocker) {
        return blockedBy(blocker, OnFailure.WAIT);
    }

    /**
     * The same, waiting for one more chain.
     *
     * @param blocker the chain
     * @param onFailure what becomes of the job when that chain fails or is cancelled
     * @return new options
     */
    public StepOptions blockedBy(ChainId blocker, OnFailure onFailure) {
        return new StepOptions(schedule, append(blockers, new Blocker(blocker, onFailure)), priority);
    }

    /**
     * The same, with a priority of its own, which further continuations inherit.
     *
     * @param newPriority from 0 to 9, the higher first
     * @return new options
     * @throws IllegalArgumentException when it is not from 0 to 9
     */
    public StepOptions withPriority(int newPriority) {
        return new StepOptions(schedule, blockers, newPriority);
    }

    static List<Blocker> append(List<Blocker> blockers, Blocker blocker) {
        List<Blocker> all = new ArrayList<>(blockers);
        all.add(blocker);
        return all;
    }
}
