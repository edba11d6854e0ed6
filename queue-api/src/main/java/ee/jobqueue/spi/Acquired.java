package ee.jobqueue.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire brought.
 *
 * @param jobs the acquired jobs, in the order in which they were due
 * @param nextDueIn after how long the next job of the asked types is due, by the store's clock; {@code null} when there is
 *     none. Zero or less when more jobs are due than were asked for
 * @since 0.1
 */
public record Acquired(List<StoredJob> jobs, @Nullable Duration nextDueIn) {

    /**
     * Copies the list.
     *
     * @param jobs the acquired jobs
     * @param nextDueIn after how long the next job of the asked types is due, by the store's clock
     */
    public Acquired {
        jobs = List.copyOf(jobs);
    }
}
