package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The database goes down as by a crash, for less or more than the lease, and comes back. */
final class KilledDatabase implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        cluster.members().forEach(member -> cluster.touch(member, Harm.LEASE));
        cluster.database().kill();
        cluster.hold(Times.between(Duration.ZERO, Times.PAST_LEASE, random));
        cluster.database().start();
    }

    @Override
    public String deed() {
        return "the database is killed";
    }
}
