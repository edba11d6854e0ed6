package ee.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When a job becomes due. Always judged by the store's clock, never by a server's; never earlier than now. Immutable.
 *
 * @since 0.1
 */
public sealed interface Schedule {

    /** Due at once. */
    Schedule NOW = new After(Duration.ZERO);

    /**
     * Due at a point in time.
     *
     * @param time when; a past time means now
     * @return the schedule
     */
    static Schedule at(Instant time) {
        return new At(time);
    }

    /**
     * Due after a delay.
     *
     * @param delay how long after the write, to the millisecond; not negative
     * @return the schedule
     * @throws IllegalArgumentException when the delay is negative
     */
    static Schedule after(Duration delay) {
        return new After(delay);
    }

    /**
     * Due at a point in time.
     *
     * @param time when
     */
    record At(Instant time) implements Schedule {
        /**
         * Refuses nulls.
         *
         * @param time when
         */
        public At {
            Objects.requireNonNull(time, "time");
        }
    }

    /**
     * Due after a delay.
     *
     * @param delay how long after the write
     */
    record After(Duration delay) implements Schedule {
        /**
         * Refuses negative delays.
         *
         * @param delay how long after the write
         */
        public After {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay must not be negative: " + delay);
            }
        }
    }
}
