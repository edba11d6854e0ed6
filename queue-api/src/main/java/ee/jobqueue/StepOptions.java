package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a continuation is written. Immutable.
 *
 * @param schedule when the job becomes due
 * @param blockers the chains for which it waits, in the order in which it reads their outputs
 * @since 0.1
 */
public record StepOptions(Schedule schedule, List<ChainId> blockers) {

    /** Due at once, waiting for nothing. */
    public static final StepOptions NONE = new StepOptions(Schedule.NOW, List.of());

    /**
     * Copies the list.
     *
     * @param schedule when the job becomes due
     * @param blockers the chains for which it waits
     */
    public StepOptions {
        Objects.requireNonNull(schedule, "schedule");
        blockers = List.copyOf(blockers);
    }

    /**
     * The same, due at a point in time.
     *
     * @param time when; a past time means now
     * @return new options
     */
    public StepOptions at(Instant time) {
        return new StepOptions(Schedule.at(time), blockers);
    }

    /**
     * The same, due after a delay.
     *
     * @param delay how long after the write
     * @return new options
     * @throws IllegalArgumentException when the delay is negative
     */
    public StepOptions after(Duration delay) {
        return new StepOptions(Schedule.after(delay), blockers);
    }

    /**
     * The same, waiting for one more chain.
     *
     * @param blocker the chain
     * @return new options
     */
    public StepOptions blockedBy(ChainId blocker) {
        return new StepOptions(schedule, append(blockers, blocker));
    }

    static List<ChainId> append(List<ChainId> ids, ChainId id) {
        List<ChainId> all = new ArrayList<>(ids);
        all.add(id);
        return all;
    }
}
