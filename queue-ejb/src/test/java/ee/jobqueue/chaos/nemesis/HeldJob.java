package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.ChaosDatabase.Hold;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.history.Event;
import java.util.random.RandomGenerator;

/** A server is killed, and somebody holds the row of a job that ran there for three leases. */
final class HeldJob implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        Event attempt = cluster.awaitLongAttempt(victim);
        cluster.touch(victim, Harm.LEASE);
        victim.kill();
        Hold row = cluster.database().holdJob(attempt.detail("job"));
        cluster.tell("somebody holds the row of job " + attempt.detail("job"));
        cluster.hold(row, Times.THREE_LEASES);
    }

    @Override
    public String deed() {
        return "somebody holds the row of a job of a dead worker";
    }
}
