package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.util.random.RandomGenerator;

/** SIGKILL, in the middle of its work. */
final class KilledServer implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.LEASE);
        victim.kill();
        cluster.hold(Times.PAST_LEASE);
    }

    @Override
    public String deed() {
        return "a server is killed";
    }
}
