package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The database ends all statements that take longer than a moment, among them those that wait for a lock. */
final class ImpatientDatabase implements Nemesis {

    private static final Duration LONGEST = Duration.ofMillis(5);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        cluster.members().forEach(member -> cluster.touch(member, Harm.LEASE));
        cluster.database().limitStatements(LONGEST);
        try {
            cluster.hold(Times.PAST_LEASE);
        } finally {
            cluster.database().unlimitStatements();
        }
    }

    @Override
    public String deed() {
        return "statements time out";
    }
}
