package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.proxy.Ambush;
import ee.jobqueue.chaos.proxy.Ambush.Deed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A server loses its network, or that one connection, between the update of its renewal and the commit: the database
 * keeps the row of its worker locked. In the end the commit arrives, or the connection breaks.
 */
final class FrozenRenewal implements Nemesis {

    private static final Duration TICKS = Duration.ofSeconds(60);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        Deed deed = random.nextInt(3) == 0 ? Deed.FREEZE_CONNECTION : Deed.LOSE_NETWORK;
        cluster.touch(victim, Harm.LEASE);
        Ambush ambush = victim.network().ambush(new Ambush(cluster.database()::isRenewal, deed, 1));
        if (!ambush.await(TICKS)) {
            throw new IllegalStateException(victim.who() + " did not renew its lease");
        }
        cluster.tell(deed + " before the commit of a renewal of " + victim.who());
        cluster.hold(Times.THREE_LEASES);
        if (random.nextBoolean()) {
            victim.network().cut();
        }
    }

    @Override
    public String deed() {
        return "a renewal freezes before its commit";
    }
}
