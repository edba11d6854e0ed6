package ee.jobqueue.chaos;

import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.ChaosSettings;
import ee.jobqueue.chaos.member.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Chains are started and run, a nemesis strikes, everything is mended, all chains get over, and the evidence is looked
 * at. Each step waits until it is reached, for as long as {@link ChaosCluster#DEADLINE} says.
 *
 * @since 0.1
 */
public final class Round {

    private static final JobFilter OPEN = JobFilter.ALL.in(Status.BLOCKED, Status.PENDING, Status.RUNNING);

    private final ChaosCluster cluster;
    private final Nemesis nemesis;
    private final long seed;

    /**
     * A round that has not begun.
     *
     * @param cluster the servers
     * @param nemesis who strikes
     * @param seed decides how it strikes
     */
    public Round(ChaosCluster cluster, Nemesis nemesis, long seed) {
        this.cluster = cluster;
        this.nemesis = nemesis;
        this.seed = seed;
    }

    /**
     * Runs the round.
     *
     * @param name its name, with which its chains' keys begin; no other round of the cluster has it
     * @return what it has given
     * @throws Exception when the nemesis could not do what it wanted, or the servers do not recover
     */
    public RoundResult run(String name) throws Exception {
        cluster.turnTo(name);
        Instant begun = Instant.now();
        begin();
        cluster.tell(nemesis.deed());
        nemesis.strike(cluster, new SplittableRandom(seed));
        heal();
        end();
        return result(new Evidence(
                cluster.history(),
                jobsSince(begun),
                cluster.database().orders(),
                cluster.database().effects()));
    }

    private void begin() {
        cluster.members().forEach(cluster::call);
        for (MemberProcess member : cluster.members()) {
            cluster.awaitHistory(
                    member.who() + " runs jobs",
                    history -> count(member, What.ENDED, history) > 10 && count(member, What.RENEWED, history) > 2);
        }
    }

    private static long count(MemberProcess member, What what, History history) {
        return history.of(what).filter(ChaosCluster.by(member.who())).count();
    }

    private void heal() {
        cluster.mend();
        for (MemberProcess member : cluster.members()) {
            cluster.awaitHistory(member.who() + " runs jobs again", history -> {
                long healed = history.of(What.HEALED).findFirst().orElseThrow().millis();
                Predicate<Event> after = ChaosCluster.by(member.who()).and(event -> event.millis() > healed);
                return history.of(What.RENEWED).anyMatch(after)
                        && history.of(What.ENDED).anyMatch(after.and(event -> event.has("end", "COMPLETED")));
            });
        }
    }

    /** No more chains are started, and those that were get over; if they do not, the evidence tells. */
    private void end() {
        cluster.members().forEach(member -> member.tell(Member.PAUSE));
        for (MemberProcess member : cluster.members()) {
            cluster.awaitHistory(
                    "the caller of " + member.who() + " is idle", history -> count(member, What.IDLE, history) == 1);
        }
        long deadline = System.nanoTime() + ChaosCluster.DEADLINE.toNanos();
        while (!isOver() && System.nanoTime() < deadline) {
            sweep();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** Whether no job waits or runs in the store, and no attempt in a server. */
    private boolean isOver() {
        return cluster.queue().jobs(OPEN, PageRequest.first(1)).entries().isEmpty()
                && new Attempts(cluster.history()).running(cluster.alive()).isEmpty();
    }

    /** What a server does each minute, for which a round has no time. */
    private void sweep() {
        ChaosDatabase database = cluster.database();
        database.hurrySweep();
        try {
            database.transactions()
                    .inNew(null, () -> database.store().sweep(Duration.ofMinutes(1), ChaosSettings.LIMITS));
        } catch (Exception e) {
            cluster.tell("the sweep failed: " + e); // as in a server, the next one comes
        }
    }

    private List<Job> jobsSince(Instant begun) {
        JobFilter ofRound = JobFilter.ALL.createdBetween(begun, null);
        List<Job> jobs = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (request != null) {
            Page<Job> page = cluster.queue().jobs(ofRound, request);
            jobs.addAll(page.entries());
            request = page.nextRequest();
        }
        return jobs;
    }

    private RoundResult result(Evidence evidence) {
        Findings findings = Invariants.check(evidence);
        return new RoundResult(
                cluster.database().name(),
                nemesis.deed(),
                seed,
                evidence.chains.size(),
                evidence.attempts.all().size(),
                evidence.attempts.lost(),
                evidence.processes().stream()
                        .mapToLong(who -> evidence.leasesLost(who).size())
                        .sum(),
                findings.excused(),
                findings.violations());
    }
}
