package ee.jobqueue.chaos;

import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.ChaosSettings;
import java.util.List;

/** What must hold for leases: only who was disturbed loses one. */
final class LeaseInvariants {

    private final Evidence evidence;
    private final Findings findings;

    LeaseInvariants(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void check() {
        evidence.processes().stream().filter(who -> !evidence.mayLoseLease(who)).forEach(who -> {
            theLeaseIsKept(who);
            theLeaseIsRenewedInTime(who);
        });
    }

    private void theLeaseIsKept(String who) {
        List<Event> lost = evidence.leasesLost(who);
        if (!lost.isEmpty()) {
            report(
                    who + ", which nobody disturbed, has lost its lease " + lost.size() + " times",
                    who,
                    lost.stream().allMatch(evidence::isExcused));
        }
    }

    /** Also when there was nobody left to see that the lease was over. */
    private void theLeaseIsRenewedInTime(String who) {
        List<Event> renewed = evidence.history
                .of(What.RENEWED)
                .filter(event -> event.who().equals(who))
                .toList();
        for (int i = 1; i < renewed.size(); i++) {
            long gap = renewed.get(i).millis() - renewed.get(i - 1).millis();
            if (gap > ChaosSettings.LEASE.toMillis()) {
                report(
                        who + ", which nobody disturbed, did not renew its lease for " + gap + " ms",
                        who,
                        evidence.isExcused(renewed.get(i)));
            }
        }
    }

    private void report(String loss, String who, boolean excused) {
        if (excused) {
            findings.excused(loss);
        } else {
            findings.violation(loss, () -> evidence.ofLease(who));
        }
    }
}
