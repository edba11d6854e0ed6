package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** All packets of a server are late. It keeps its lease and its attempts. */
final class SlowNetwork implements Nemesis {

    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        Duration delay = Times.between(SHORTEST, LONGEST, random);
        cluster.tell("packets of " + victim.who() + " are late by " + delay);
        victim.network().delay(delay);
        cluster.hold(Times.PAST_LEASE);
    }

    @Override
    public String deed() {
        return "the network of a server is slow";
    }
}
