package ee.jobqueue.spi;

import ee.jobqueue.Schedule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a store takes it: a time in milliseconds since 1970, or a delay after the store's now. Bounded, so that no
 * caller's far future overflows a column.
 *
 * @param atMillis the time; {@code null} when there is a delay
 * @param delayMillis the delay; 0 when there is a time
 * @since 0.1
 */
public record DueTime(@Nullable Long atMillis, long delayMillis) {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Duration LONGEST = Duration.ofDays(365_000);

    /**
     * A schedule within the bounds: from 1970 to the end of the year 9999, and at most 365,000 days from now.
     *
     * @param schedule the schedule
     * @return its due time
     */
    public static DueTime of(Schedule schedule) {
        if (schedule instanceof Schedule.At at) {
            return new DueTime(clamp(at.time()).toEpochMilli(), 0);
        }
        Duration delay = ((Schedule.After) schedule).delay();
        return new DueTime(null, (delay.compareTo(LONGEST) > 0 ? LONGEST : delay).toMillis());
    }

    /**
     * The time, when the store's clock shows {@code now}.
     *
     * @param now the store's now
     * @return when a job with this schedule is due; never before {@code now}
     */
    public Instant from(Instant now) {
        Long at = atMillis;
        if (at == null) {
            return now.plusMillis(delayMillis);
        }
        Instant time = Instant.ofEpochMilli(at);
        return time.isBefore(now) ? now : time;
    }

    private static Instant clamp(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
