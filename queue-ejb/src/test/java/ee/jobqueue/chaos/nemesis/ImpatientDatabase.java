package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.ChaosDatabase.Hold;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.Nemesis;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The database ends statements that take too long, and somebody holds the rows of jobs that run, one after the other:
 * their finishing times out. All keep their leases, and no failure counts.
 */
final class ImpatientDatabase implements Nemesis {

    private static final int ROWS = 5;
    private static final Duration LONGEST_STATEMENT = Duration.ofMillis(500);

    /** So that fewer statements in a row time out than make a failure. */
    private static final Duration LOCK = LONGEST_STATEMENT.multipliedBy(3);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        cluster.members().forEach(member -> cluster.touch(member, Harm.ATTEMPTS));
        Hold limit = cluster.database().limitStatements(LONGEST_STATEMENT);
        try (limit) {
            for (int i = 0; i < ROWS; i++) {
                String job = cluster.awaitLongAttempt(cluster.any(random)).detail("job");
                cluster.hold(cluster.database().holdJob(job), LOCK);
            }
        }
    }

    @Override
    public String deed() {
        return "statements time out";
    }
}
