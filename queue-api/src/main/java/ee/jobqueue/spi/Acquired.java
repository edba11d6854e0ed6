package ee.jobqueue.spi;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire brought.
 *
 * @param jobs the acquired jobs, by priority, then by schedule, then by id
 * @param nextDueIn after how long the next job of the asked types is due, by the store's clock; {@code null} when there is
 *     none. Zero or less when more jobs are due than were asked for
 * @since 0.1
 */
public record Acquired(List<StoredJob> jobs, @Nullable Duration nextDueIn) {

    private static final Comparator<StoredJob> ORDER = Comparator.comparing(
                    (StoredJob stored) -> -stored.job().priority())
            .thenComparing(stored -> stored.job().scheduledAt())
            .thenComparing(stored -> stored.job().id().value());

    /**
     * Orders the jobs.
     *
     * @param jobs the acquired jobs
     * @param nextDueIn after how long the next job of the asked types is due, by the store's clock
     */
    public Acquired {
        jobs = jobs.stream().sorted(ORDER).toList();
    }
}
