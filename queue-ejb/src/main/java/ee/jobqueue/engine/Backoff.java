package ee.jobqueue.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a failed job waits for its next attempt: {@code initial × multiplier^(failures-1)}, at most {@code max}, then
 * shortened by a random part of up to {@code jitter}, so that jobs that failed together do not come back together.
 *
 * @param initial the delay after the first failure; positive
 * @param multiplier the growth with each further failure; at least 1
 * @param max the longest delay; not shorter than {@code initial}
 * @param jitter the largest random part, 0 to 1
 * @since 0.1
 */
public record Backoff(Duration initial, double multiplier, Duration max, double jitter) {

    /** 10 s, doubling, at most 5 min, up to a fifth shorter. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0.2);

    /** For the queue's own errors against its store: 100 ms, doubling, at most 10 s. */
    static final Backoff STORE = new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.2);

    /** For a transaction that is repeated after a transient error: 5 ms, doubling, at most 100 ms, half of it random. */
    static final Backoff CONFLICT = new Backoff(Duration.ofMillis(5), 2, Duration.ofMillis(100), 0.5);

    /**
     * The delay after a failure.
     *
     * @param failures how many failures there were, 1 for the first
     * @param random where the jitter comes from
     * @return the delay, to the millisecond
     */
    public Duration delay(int failures, RandomGenerator random) {
        double grown = initial.toMillis() * Math.pow(multiplier, Math.max(0, failures - 1));
        double bounded = Math.min(grown, max.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 - jitter * random.nextDouble())));
    }
}
