package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.util.random.RandomGenerator;

/** SIGTERM while it runs attempts that take a while: no attempt is lost. */
final class StoppedServer implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) {
        MemberProcess victim = cluster.any(random);
        cluster.awaitLongAttempt(victim);
        if (!victim.stop()) {
            throw new IllegalStateException(victim.who() + " does not stop");
        }
    }

    @Override
    public String deed() {
        return "a server is stopped in order";
    }
}
