package ee.jobqueue.engine;

import java.time.Duration;

/**
 * Tells listeners that this server's worker has renewed its lease, and for what the renewal waited: a lease is lost when
 * these together take longer than it.
 *
 * @param thread from when it was due until a thread began it
 * @param transaction until its transaction had begun
 * @param statement until its statement had been answered; waiting for a connection included
 * @param commit until its transaction had committed
 * @since 0.1
 */
public record LeaseRenewed(Duration thread, Duration transaction, Duration statement, Duration commit) {}
