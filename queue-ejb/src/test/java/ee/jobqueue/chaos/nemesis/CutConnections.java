package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The connections of a server are broken again and again, whatever they are doing. It keeps its lease, and no failure
 * counts.
 */
final class CutConnections implements Nemesis {

    private static final int TIMES = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.ATTEMPTS);
        for (int i = 0; i < TIMES; i++) {
            victim.network().cut();
            cluster.hold(Times.between(Duration.ofMillis(50), LONGEST_PAUSE, random));
        }
    }

    @Override
    public String deed() {
        return "the connections of a server break";
    }
}
