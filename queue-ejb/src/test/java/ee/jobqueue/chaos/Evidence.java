package ee.jobqueue.chaos;

import ee.jobqueue.Job;
import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Effect;
import ee.jobqueue.chaos.member.Business.Order;
import ee.jobqueue.chaos.member.ChaosSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known when a round is over: what the processes wrote, what is in the store, and what the business has. */
final class Evidence {

    /** Who does not run for half a lease cannot be asked to renew in time. */
    private static final long EXCUSE = ChaosSettings.LEASE.toMillis() / 2;

    /** What a process writes of its lease. */
    private static final Set<What> LEASE = Set.of(
            What.UP, What.STOPPING, What.STOPPED, What.REGISTERED, What.RENEWED, What.LEASE_REFUSED, What.LOGGED);

    final History history;
    final Attempts attempts;

    /** The chains of the store, each with its jobs in order. */
    final Map<String, List<Job>> chains;

    final List<Order> orders;
    final List<Effect> effects;
    final Map<String, List<Effect>> effectsByJob;
    private final Map<String, Order> orderByChain;
    private final Set<String> ofAttempts;
    private final Set<String> ofLease;

    Evidence(History history, List<Job> jobs, List<Order> orders, List<Effect> effects) {
        this.history = history;
        this.attempts = new Attempts(history);
        this.orders = orders;
        this.effects = effects;
        this.chains = new TreeMap<>(
                jobs.stream().collect(Collectors.groupingBy(job -> job.chainId().value())));
        chains.replaceAll((chain, all) ->
                all.stream().sorted(Comparator.comparingInt(Job::position)).toList());
        this.effectsByJob = effects.stream().collect(Collectors.groupingBy(Effect::job));
        this.orderByChain =
                orders.stream().collect(Collectors.toMap(Order::chain, order -> order, (one, other) -> one));
        this.ofLease = touched(Set.of(Harm.LEASE));
        this.ofAttempts = touched(Set.of(Harm.LEASE, Harm.ATTEMPTS));
    }

    private Set<String> touched(Set<Harm> harms) {
        return history.of(What.TOUCHED)
                .filter(event -> harms.contains(Harm.valueOf(event.detail("harm"))))
                .map(event -> event.detail("member"))
                .collect(Collectors.toSet());
    }

    /** Whether what a nemesis did explains that a process has lost its lease. */
    boolean mayLoseLease(String who) {
        return ofLease.contains(who);
    }

    /** Whether what a nemesis did explains that an attempt of a process came to nothing. */
    boolean mayLoseAttempts(String who) {
        return ofAttempts.contains(who);
    }

    boolean somebodyMayLoseLease() {
        return !ofLease.isEmpty();
    }

    @Nullable Order orderOf(String chain) {
        return orderByChain.get(chain);
    }

    Job lastJobOf(String chain) {
        List<Job> jobs = chains.get(chain);
        return jobs.get(jobs.size() - 1);
    }

    /** Where a process began anew as a worker; not where it began, though it may take it several tries. */
    List<Event> leasesLost(String who) {
        long had = history.events().stream()
                .filter(event -> event.who().equals(who) && event.what() == What.RENEWED)
                .mapToLong(Event::millis)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        return history.of(What.REGISTERED)
                .filter(event -> event.who().equals(who) && event.millis() > had)
                .toList();
    }

    /** All processes that have written something. */
    List<String> processes() {
        return history.events().stream().map(Event::who).distinct().toList();
    }

    /**
     * Whether something was lost since the machine had other things to do: in the time of two leases before, the
     * process on its way to the database, or the database, stood still for half a lease, though no nemesis had
     * disturbed it.
     */
    boolean isExcused(Event loss) {
        return stalledBefore(loss, loss.who()) >= EXCUSE || stalledBefore(loss, ChaosCluster.DATABASE) >= EXCUSE;
    }

    private long stalledBefore(Event loss, String who) {
        long from = loss.millis() - 2 * ChaosSettings.LEASE.toMillis();
        return history.of(What.STALLED)
                .filter(stall -> stall.who().equals(who))
                .filter(stall -> stall.millis() >= from && stall.millis() - stall.number("millis") <= loss.millis())
                .mapToLong(stall -> stall.number("millis"))
                .sum();
    }

    /** What happened to a chain: what was written of it, and how it stands. */
    List<String> ofChain(String chain) {
        List<Job> jobs = chains.getOrDefault(chain, List.of());
        Set<String> ids = jobs.stream().map(job -> job.id().value()).collect(Collectors.toSet());
        Order order = orderByChain.get(chain);
        String key = order == null ? "" : order.key();
        List<String> told = new ArrayList<>(history.told(event -> event.has("chain", chain)
                || ids.contains(event.detail("job"))
                || (!key.isEmpty() && event.has("key", key))
                || ids.stream().anyMatch(event.detail("line")::contains)
                || event.what() == What.STRUCK
                || event.what() == What.TOUCHED));
        told.add("order " + order);
        jobs.forEach(job -> told.add("job " + job));
        effects.stream().filter(effect -> effect.chain().equals(chain)).forEach(effect -> told.add(effect.toString()));
        return told;
    }

    /** What happened to the lease of a process. */
    List<String> ofLease(String who) {
        return history.told(event -> event.what() == What.STRUCK
                || event.what() == What.TOUCHED
                || event.what() == What.HEALED
                || event.what() == What.STALLED
                || (event.who().equals(who) && LEASE.contains(event.what())));
    }
}
