package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.proxy.Ambush;
import ee.jobqueue.chaos.proxy.Ambush.Deed;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The answers of commits of a server are lost: first of acquires, then of whatever commits. All that was committed is found
 * out: it keeps its lease, and no failure counts.
 */
final class LostAnswers implements Nemesis {

    private static final int ACQUIRES = 3;
    private static final int OTHERS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.ATTEMPTS);
        lose(cluster, victim, cluster.database()::isAcquire, ACQUIRES);
        lose(cluster, victim, statement -> true, OTHERS);
        cluster.hold(Times.PAST_LEASE); // what was acquired without being known goes back
    }

    private static void lose(ChaosCluster cluster, MemberProcess victim, Predicate<String> statement, int times)
            throws InterruptedException {
        Ambush ambush = victim.network().ambush(new Ambush(statement, Deed.LOSE_ANSWER, times));
        if (!ambush.await(PATIENCE)) {
            throw new IllegalStateException(victim.who() + " does not commit");
        }
        cluster.tell("the answers of " + times + " commits of " + victim.who() + " were lost");
    }

    @Override
    public String deed() {
        return "answers of commits are lost";
    }
}
