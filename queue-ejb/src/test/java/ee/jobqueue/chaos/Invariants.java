package ee.jobqueue.chaos;

/** All that must hold, whatever a nemesis has done. */
final class Invariants {

    private Invariants() {}

    /** Holds the evidence against them. */
    static Findings check(Evidence evidence) {
        Findings findings = new Findings();
        new LeaseInvariants(evidence, findings).check();
        new AttemptInvariants(evidence, findings).check();
        new ChainInvariants(evidence, findings).check();
        return findings;
    }
}
