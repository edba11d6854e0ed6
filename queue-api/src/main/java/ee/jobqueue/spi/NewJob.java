package ee.jobqueue.spi;

import ee.jobqueue.Deduplication;
import ee.jobqueue.Schedule;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to be written.
 *
 * @param type the name of its type
 * @param input its input as JSON
 * @param schedule when it becomes due
 * @param blockers the chains for which it waits
 * @param deduplication under which key its chain is started at most once; {@code null} for none, and for a continuation
 * @param priority its priority, from 0 to 9; {@code null} for the default, and in a continuation for that of the job before
 * @param id its id; {@code null} for one that the store gives, and for a continuation
 * @since 0.1
 */
public record NewJob(
        String type,
        String input,
        Schedule schedule,
        Blockers blockers,
        @Nullable Deduplication deduplication,
        @Nullable Integer priority,
        @Nullable UUID id) {

    /**
     * Refuses nulls.
     *
     * @param type the name of its type
     * @param input its input as JSON
     * @param schedule when it becomes due
     * @param blockers the chains for which it waits
     * @param deduplication under which key its chain is started at most once
     * @param priority its priority
     * @param id its id
     */
    public NewJob {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(blockers, "blockers");
    }

    /**
     * A job without a priority of its own, to which the store gives an id.
     *
     * @param type the name of its type
     * @param input its input as JSON
     * @param schedule when it becomes due
     * @param blockers the chains for which it waits
     * @param deduplication under which key its chain is started at most once; {@code null} for none
     */
    public NewJob(
            String type, String input, Schedule schedule, Blockers blockers, @Nullable Deduplication deduplication) {
        this(type, input, schedule, blockers, deduplication, null, null);
    }
}
