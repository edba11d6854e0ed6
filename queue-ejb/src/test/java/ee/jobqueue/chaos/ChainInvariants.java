package ee.jobqueue.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business;
import ee.jobqueue.chaos.member.Business.Effect;
import ee.jobqueue.chaos.member.Business.Order;
import ee.jobqueue.chaos.member.ChaosJobs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold for chains, whatever happened to servers and database: nothing lost, nothing done twice. */
final class ChainInvariants {

    private static final Map<String, Integer> LENGTHS =
            Map.of("reserve", 3, "gather", 1, ChaosJobs.FRAGILE, 1, "follow", 1);

    private final Evidence evidence;
    private final Findings findings;

    ChainInvariants(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void check() {
        everyStartSucceedsInTheEnd();
        everyAcknowledgedStartIsThere();
        everyChainHasItsOrderAndEveryOrderItsChain();
        everyKeyHasOneChain();
        evidence.chains.keySet().forEach(chain -> {
            theChainIsOver(chain);
            everyJobHasTheEffectsItShall(chain);
            everyBlockerIsSeenInOrder(chain);
        });
    }

    /** Of callers that have had the time; others were killed or stopped meanwhile. */
    private void everyStartSucceedsInTheEnd() {
        Set<String> idle = evidence.history.of(What.IDLE).map(Event::who).collect(Collectors.toSet());
        Set<String> started = evidence.history
                .of(What.STARTED)
                .map(event -> event.detail("key"))
                .collect(Collectors.toSet());
        evidence.history
                .of(What.STARTING)
                .filter(start -> idle.contains(start.who()) && !started.contains(start.detail("key")))
                .forEach(start -> findings.violation(
                        "a caller of " + start.who() + " could not start a chain under the key " + start.detail("key"),
                        () -> evidence.history.told(event -> event.has("key", start.detail("key")))));
    }

    private void everyAcknowledgedStartIsThere() {
        evidence.history.of(What.STARTED).forEach(start -> {
            String chain = start.detail("chain");
            if (!evidence.chains.containsKey(chain)) {
                violation(chain, "chain " + chain + " was started and acknowledged, and is not in the store");
            }
        });
        Set<String> rolledBack = evidence.history
                .of(What.ROLLED_BACK)
                .map(event -> event.detail("chain"))
                .collect(Collectors.toSet());
        rolledBack.stream()
                .filter(evidence.chains::containsKey)
                .forEach(chain -> violation(chain, "chain " + chain + " was rolled back, and is in the store"));
    }

    private void everyChainHasItsOrderAndEveryOrderItsChain() {
        evidence.chains.keySet().stream()
                .filter(chain -> evidence.orderOf(chain) == null)
                .forEach(chain -> violation(chain, "chain " + chain + " is there without what was written with it"));
        evidence.orders.stream()
                .map(Order::chain)
                .filter(chain -> !evidence.chains.containsKey(chain))
                .forEach(chain -> violation(chain, "chain " + chain + " is lost; what was written with it is there"));
    }

    private void everyKeyHasOneChain() {
        evidence.orders.stream().collect(groupingBy(Order::key, counting())).forEach((key, chains) -> {
            if (chains > 1) {
                findings.violation(
                        "key " + key + " has " + chains + " chains",
                        () -> evidence.history.told(event -> event.has("key", key)));
            }
        });
        Map<String, Set<String>> started = evidence.history
                .of(What.STARTED)
                .collect(groupingBy(
                        event -> event.detail("key"),
                        Collectors.mapping(event -> event.detail("chain"), Collectors.toSet())));
        started.forEach((key, chains) -> {
            if (chains.size() > 1) {
                findings.violation(
                        "callers were told of " + chains.size() + " chains under the key " + key,
                        () -> evidence.history.told(event -> event.has("key", key)));
            }
        });
    }

    private void theChainIsOver(String chain) {
        Job last = evidence.lastJobOf(chain);
        if (!last.status().isOver()) {
            violation(chain, "chain " + chain + " does not get over: " + last.status());
        } else if (last.status() == Status.COMPLETED) {
            int length = evidence.chains.get(chain).size();
            if (length != LENGTHS.get(last.chainType())) {
                violation(chain, "chain " + chain + " is completed after " + length + " jobs");
            }
        } else if (!isExplained(last)) {
            violation(chain, "chain " + chain + " is " + last.status() + " without a reason");
        }
    }

    /** Only a fragile chain fails, by its one attempt; and what waits for it; only a nemesis cancels others. */
    private boolean isExplained(Job last) {
        boolean cancelled = evidence.history
                .of(What.CANCELLED)
                .anyMatch(event -> event.has("chain", last.chainId().value()));
        return cancelled
                || last.chainType().equals("follow")
                || (last.chainType().equals(ChaosJobs.FRAGILE) && last.status() == Status.FAILED);
    }

    private void everyJobHasTheEffectsItShall(String chain) {
        for (Job job : evidence.chains.get(chain)) {
            List<Effect> effects = evidence.effectsByJob.getOrDefault(job.id().value(), List.of());
            int expected = job.status() == Status.COMPLETED ? 1 : 0;
            if (effects.size() != expected) {
                violation(chain, "job " + job.id() + " is " + job.status() + " and has " + effects.size() + " effects");
            } else if (expected == 1 && effects.get(0).attempt() != job.attempt()) {
                violation(
                        chain,
                        "job " + job.id() + " was completed by attempt " + job.attempt() + ", its effect is of attempt "
                                + effects.get(0).attempt());
            }
        }
    }

    private void everyBlockerIsSeenInOrder(String chain) {
        Order order = evidence.orderOf(chain);
        Job last = evidence.lastJobOf(chain);
        if (order == null || order.expected().isEmpty() || last.status() != Status.COMPLETED) {
            return;
        }
        String seen = evidence.effectsByJob.getOrDefault(last.id().value(), List.of()).stream()
                .map(Effect::seen)
                .collect(Collectors.joining());
        if (!seen.equals(expected(order))) {
            violation(chain, "chain " + chain + " saw of its blockers " + seen + ", not " + expected(order));
        }
    }

    /** The keys of the blockers, as they yield them; of those that did not complete the word for it. */
    private String expected(Order order) {
        return List.of(order.expected().split(",", -1)).stream()
                .map(key -> isCompleted(key) ? key : Business.FAILED_BLOCKER)
                .collect(Collectors.joining(","));
    }

    private boolean isCompleted(String key) {
        return evidence.orders.stream()
                .filter(order -> order.key().equals(key))
                .map(Order::chain)
                .filter(evidence.chains::containsKey)
                .anyMatch(chain -> evidence.lastJobOf(chain).status() == Status.COMPLETED);
    }

    private void violation(String chain, String what) {
        findings.violation(what, () -> evidence.ofChain(chain));
    }
}
