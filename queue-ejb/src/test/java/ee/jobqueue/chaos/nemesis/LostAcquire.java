package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.ChaosDatabase.Hold;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.proxy.Ambush;
import ee.jobqueue.chaos.proxy.Ambush.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The answer of an acquire's commit is lost, and somebody holds the row of one of its jobs for three leases, which is
 * to go back. The server keeps its lease.
 */
final class LostAcquire implements Nemesis {

    private static final int TRIES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A job that was acquired begins sooner, on a machine that is not too busy. */
    private static final Duration BEGINS = Duration.ofMillis(300);

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws InterruptedException {
        MemberProcess victim = cluster.any(random);
        cluster.touch(victim, Harm.ATTEMPTS);
        cluster.hold(unknownJob(cluster, victim), Times.THREE_LEASES);
    }

    /**
     * Loses answers until one of an acquire that has found something is among them, and holds the row of such a job.
     */
    private static Hold unknownJob(ChaosCluster cluster, MemberProcess victim) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Ambush ambush = victim.network().ambush(new Ambush(cluster.database()::isAcquire, Deed.LOSE_ANSWER, 1));
            if (!ambush.await(PATIENCE)) {
                throw new IllegalStateException(victim.who() + " does not acquire");
            }
            cluster.hold(BEGINS);
            for (Job job : unknown(cluster)) {
                Hold row = cluster.database().holdJob(job.id().value());
                cluster.hold(BEGINS);
                if (unknown(cluster).contains(job)) {
                    cluster.tell("somebody holds the row of job " + job.id() + ", acquired unknown to its server");
                    return row;
                }
                row.close();
            }
        }
        throw new IllegalStateException("no acquire of " + victim.who() + " has found anything");
    }

    /** The jobs that run in the store, and in no server. */
    private static List<Job> unknown(ChaosCluster cluster) {
        List<Job> running = cluster.queue()
                .jobs(JobFilter.ALL.in(Status.RUNNING), PageRequest.first(PageRequest.MAX_SIZE))
                .entries();
        Set<String> begun = cluster.history()
                .of(What.BEGUN)
                .map(event -> event.detail("job") + "/" + event.detail("attempt"))
                .collect(Collectors.toSet());
        return running.stream()
                .filter(job -> !begun.contains(job.id() + "/" + job.attempt()))
                .toList();
    }

    @Override
    public String deed() {
        return "somebody holds the row of a job that is to go back";
    }
}
