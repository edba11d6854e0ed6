package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The database ends all connections again and again, whatever they are doing. All keep their leases, and no failure
 * counts.
 */
final class BrokenConnections implements Nemesis {

    private static final int TIMES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        cluster.members().forEach(member -> cluster.touch(member, Harm.ATTEMPTS));
        for (int i = 0; i < TIMES; i++) {
            cluster.database().breakConnections();
            cluster.hold(Times.between(Duration.ofMillis(50), LONGEST_PAUSE, random));
        }
    }

    @Override
    public String deed() {
        return "the database ends all connections";
    }
}
