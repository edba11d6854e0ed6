package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.proxy.Direction;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All packets of a server are lost, in one direction or both, for longer than its lease; then its connections live on,
 * or not.
 */
final class LostNetwork implements Nemesis {

    private static final List<Direction[]> DIRECTIONS =
            List.of(Direction.values(), new Direction[] {Direction.TO_DATABASE}, new Direction[] {Direction.TO_CLIENT});

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        Direction[] directions = DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
        cluster.touch(victim, Harm.LEASE);
        cluster.tell("packets of " + victim.who() + " are lost: " + List.of(directions));
        victim.network().lose(directions);
        cluster.hold(Times.between(Times.PAST_LEASE, Times.THREE_LEASES, random));
        if (random.nextBoolean()) {
            victim.network().cut();
        }
    }

    @Override
    public String deed() {
        return "the network of a server loses all packets";
    }
}
