package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.member.ChaosSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long nemeses do what they do. */
final class Times {

    /** Until others have seen that a lease is over, and theirs would be over as well if they waited for anything. */
    static final Duration THREE_LEASES = ChaosSettings.LEASE.multipliedBy(3).plus(ChaosSettings.RENEW_INTERVAL);

    /** Until others have seen that a lease is over. */
    static final Duration PAST_LEASE = ChaosSettings.LEASE.plus(ChaosSettings.RENEW_INTERVAL.multipliedBy(2));

    private Times() {}

    static Duration between(Duration shortest, Duration longest, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }
}
