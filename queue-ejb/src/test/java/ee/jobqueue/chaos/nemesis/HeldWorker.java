package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.ChaosDatabase.Hold;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.util.random.RandomGenerator;

/** A server is killed, and somebody holds the row of its worker for three leases. */
final class HeldWorker implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.LEASE);
        victim.kill();
        Hold row = cluster.database().holdWorker(victim.who());
        cluster.tell("somebody holds the row of the worker of " + victim.who());
        cluster.hold(row, Times.THREE_LEASES);
    }

    @Override
    public String deed() {
        return "somebody holds the row of a dead worker";
    }
}
