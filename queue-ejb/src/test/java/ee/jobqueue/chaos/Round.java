package ee.jobqueue.chaos;

import java.util.SplittableRandom;

/**
 * Chains are started and run, a nemesis strikes, everything is mended, all chains get over, and the evidence is looked at.
 *
 * @param cluster the servers
 * @param nemesis who strikes
 * @param seed decides how it strikes
 * @since 0.1
 */
public record Round(ChaosCluster cluster, Nemesis nemesis, long seed) {

    /**
     * Runs the round.
     *
     * @param name its name, with which its chains' keys begin; no other round of the cluster has it
     * @return what it has given
     * @throws Exception when the nemesis could not do what it wanted
     */
    public RoundResult run(String name) throws Exception {
        cluster.begin(name);
        cluster.tell(nemesis.deed());
        nemesis.strike(cluster, new SplittableRandom(seed));
        cluster.heal();
        cluster.end();
        Evidence evidence = cluster.evidence();
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
