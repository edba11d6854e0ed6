package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.StartOptions;
import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Order;
import ee.jobqueue.chaos.member.ChaosJobs.Follow;
import ee.jobqueue.chaos.member.ChaosJobs.Fragile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chains of jobs with one attempt that takes long, and chains that wait for them and fail with them. */
final class FragileChains {

    private static final int CHAINS = 9;

    /** So many at once are more than a server has slots. */
    private static final int BATCHES = 5;

    /** Long enough to be seen, and killed. */
    private static final int MILLIS = 8_000;

    private final ChaosCluster cluster;

    /** By the chain for which each waits. */
    private final Map<String, ChainId> waiting = new TreeMap<>();

    FragileChains(ChaosCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts as many as it takes until some run in a server; answers those that wait for them. */
    List<ChainId> whichWaitFor(MemberProcess member) throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            start(batch);
            cluster.awaitHistory(
                    "fragile chains run", history -> runningIn("", history).size() == waiting.size());
            List<ChainId> found = runningIn(member.who(), cluster.history()).stream()
                    .map(waiting::get)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new IllegalStateException("no fragile chain runs in " + member.who());
    }

    private void start(int batch) throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CHAINS; i++) {
            keys.add(cluster.round() + ".nemesis." + batch + "." + i);
        }
        for (String key : keys) {
            Map.Entry<String, ChainId> pair = cluster.database().transactions().inNew(null, () -> pair(key));
            waiting.put(pair.getKey(), pair.getValue());
        }
    }

    private Map.Entry<String, ChainId> pair(String key) {
        Chain<String> fragile = cluster.queue().start(new Fragile(key + "f", MILLIS));
        Chain<String> follow =
                cluster.queue().start(new Follow(key), StartOptions.NONE.blockedBy(fragile.id(), OnFailure.FAIL));
        cluster.database().business().write(new Order(key + "f", fragile.id().value(), fragile.type(), ""));
        cluster.database().business().write(new Order(key, follow.id().value(), follow.type(), key + "f"));
        return Map.entry(fragile.id().value(), follow.id());
    }

    /** The chains of these that run in a process, or in any when it has no name. */
    private Set<String> runningIn(String who, History history) {
        return history.of(What.BEGUN)
                .filter(event -> who.isEmpty() || event.who().equals(who))
                .map(event -> event.detail("chain"))
                .filter(waiting::containsKey)
                .collect(Collectors.toSet());
    }
}
