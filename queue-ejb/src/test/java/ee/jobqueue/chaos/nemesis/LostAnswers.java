package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.proxy.Ambush;
import ee.jobqueue.chaos.proxy.Ambush.Deed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The answers of commits of a server are lost: first of acquires, then of whatever commits. All that was committed is
 * found out: it keeps its lease, and no failure counts.
 */
final class LostAnswers implements Nemesis {

    private static final int ACQUIRES = 3;
    private static final int OTHERS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.ATTEMPTS);
        lose(cluster, victim, new Ambush(cluster.database()::isAcquire, Deed.LOSE_ANSWER, ACQUIRES));
        lose(cluster, victim, new Ambush(cluster.database()::isAcquire, Deed.LOSE_ANSWER_IN_SILENCE, 1));
        lose(cluster, victim, new Ambush(statement -> true, Deed.LOSE_ANSWER, OTHERS));
        cluster.hold(Times.PAST_LEASE); // what was acquired without being known goes back
    }

    private static void lose(ChaosCluster cluster, MemberProcess victim, Ambush ambush) throws InterruptedException {
        if (!victim.network().ambush(ambush).await(PATIENCE)) {
            throw new IllegalStateException(victim.who() + " does not commit");
        }
        cluster.tell("answers of commits of " + victim.who() + " were lost");
    }

    @Override
    public String deed() {
        return "answers of commits are lost";
    }
}
