package ee.jobqueue.chaos.member;

import ee.jobqueue.spi.AttemptLimits;
import java.time.Duration;
import java.util.Map;

/**
 * How the servers of a chaos round are set.
 *
 * @since 0.1
 */
public final class ChaosSettings {

    /** How long a worker that is silent keeps its jobs. */
    public static final Duration LEASE = Duration.ofSeconds(4);

    /** How often it renews its lease. */
    public static final Duration RENEW_INTERVAL = Duration.ofSeconds(1);

    /** How many attempts a server runs at once. */
    public static final int CONCURRENCY = 6;

    /** How many connections it has: one for each attempt, its caller, and 4. */
    public static final int CONNECTIONS = CONCURRENCY + 5;

    /** How long a server that stops waits for its attempts; far longer than one takes. */
    public static final Duration DRAIN = Duration.ofSeconds(20);

    /** A job fails as often as it likes, but for those that have one attempt. */
    public static final AttemptLimits LIMITS = new AttemptLimits(0, Map.of(ChaosJobs.FRAGILE, 1));

    private ChaosSettings() {}
}
