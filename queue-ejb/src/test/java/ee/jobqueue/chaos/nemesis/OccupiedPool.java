package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.member.Member;
import java.util.random.RandomGenerator;

/** The application of a server takes all its connections, and keeps them past the lease. */
final class OccupiedPool implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.LEASE);
        victim.tell(Member.OCCUPY + " " + Times.PAST_LEASE.toMillis());
        cluster.hold(Times.PAST_LEASE);
    }

    @Override
    public String deed() {
        return "the application of a server takes all its connections";
    }
}
