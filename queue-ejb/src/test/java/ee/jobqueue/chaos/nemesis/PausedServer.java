package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** SIGSTOP for longer than the lease, then SIGCONT: what it runs then is no longer its own. */
final class PausedServer implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws Exception {
        MemberProcess victim = cluster.any(random);
        cluster.awaitLongAttempt(victim);
        cluster.touch(victim, Harm.LEASE);
        victim.pause(Times.PAST_LEASE.plus(Duration.ofSeconds(random.nextInt(4))));
    }

    @Override
    public String deed() {
        return "a server does not run for longer than its lease";
    }
}
