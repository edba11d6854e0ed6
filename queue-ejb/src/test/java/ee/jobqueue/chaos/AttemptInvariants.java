package ee.jobqueue.chaos;

import ee.jobqueue.Job;
import ee.jobqueue.chaos.Attempts.Trace;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Effect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What must hold for attempts: no token is used twice, and no attempt is lost but by who was disturbed. */
final class AttemptInvariants {

    private static final Set<String> WELL = Set.of("COMPLETED", "CONTINUED", "CONFLICT");

    private final Evidence evidence;
    private final Findings findings;
    private final Map<Attempts.Key, Trace> byKey;

    AttemptInvariants(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.byKey = evidence.attempts.all().stream().collect(Collectors.toMap(Trace::key, Function.identity()));
    }

    void check() {
        evidence.attempts.all().stream()
                .filter(trace -> !trace.begun().isEmpty())
                .forEach(trace -> {
                    theTokenIsUsedOnce(trace);
                    whoIsToldThatTheLeaseIsLostCommitsNothing(trace);
                    noAttemptOfAnInnocentServerIsLost(trace);
                });
        evidence.chains.values().forEach(jobs -> jobs.forEach(this::everyFailureIsExplained));
    }

    private void theTokenIsUsedOnce(Trace trace) {
        if (trace.begun().size() > 1) {
            violation(trace, "began " + trace.begun().size() + " times");
        }
    }

    private void whoIsToldThatTheLeaseIsLostCommitsNothing(Trace trace) {
        if (trace.wasTold("LEASE_LOST") && !effectsOf(trace).isEmpty()) {
            violation(trace, "was told that its lease is lost, and committed");
        }
    }

    private List<Effect> effectsOf(Trace trace) {
        return evidence.effectsByJob.getOrDefault(trace.key().job(), List.of()).stream()
                .filter(effect -> effect.attempt() == trace.key().number())
                .toList();
    }

    private void noAttemptOfAnInnocentServerIsLost(Trace trace) {
        if (evidence.mayLoseAttempts(trace.who()) || isCancelled(trace)) {
            return;
        }
        if (trace.ended().isEmpty()) {
            violation(trace, "of a server that nobody disturbed has not ended");
        } else if (trace.ended().stream().noneMatch(event -> WELL.contains(event.detail("end")))) {
            String loss = "of a server that nobody disturbed ended "
                    + trace.ended().get(0).detail("end") + ", told "
                    + trace.told().stream().map(event -> event.detail("reason")).toList();
            if (evidence.isExcused(trace.ended().get(0))) {
                findings.excused("attempt " + trace.key() + " " + loss);
            } else {
                violation(trace, loss);
            }
        }
    }

    private boolean isCancelled(Trace trace) {
        String chain = trace.begun().get(0).detail("chain");
        return evidence.history.of(What.CANCELLED).anyMatch(event -> event.has("chain", chain));
    }

    /** As many failures as there were attempts under leases that may have been lost; others count none. */
    private void everyFailureIsExplained(Job job) {
        long explained = IntStream.rangeClosed(1, job.attempt())
                .mapToObj(number -> new Attempts.Key(job.id().value(), number))
                .filter(this::explainsFailure)
                .count();
        if (job.failures() > explained) {
            findings.violation(
                    "job " + job.id() + " has failed " + job.failures() + " times, which " + explained
                            + " lost leases explain",
                    () -> evidence.ofChain(job.chainId().value()));
        }
    }

    private boolean explainsFailure(Attempts.Key key) {
        Trace trace = byKey.get(key);
        return trace == null || trace.begun().isEmpty()
                ? evidence.somebodyMayLoseLease()
                : evidence.mayLoseLease(trace.who());
    }

    private void violation(Trace trace, String what) {
        findings.violation(
                "attempt " + trace.key().number() + " of job " + trace.key().job() + " " + what,
                () -> evidence.ofChain(trace.begun().get(0).detail("chain")));
    }
}
