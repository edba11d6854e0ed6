package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.ChainId;
import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.Harm;
import ee.jobqueue.chaos.MemberProcess;
import ee.jobqueue.chaos.Nemesis;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An application calls off chains that wait for jobs of a server, and leaves its transaction open for three leases; the
 * server is killed. The failure of its jobs is to end the chains that are called off.
 */
final class OpenCancellation implements Nemesis {

    @Override
    public void strike(ChaosCluster cluster, RandomGenerator random) throws Exception {
        MemberProcess victim = cluster.any(random);
        List<ChainId> waiting = new FragileChains(cluster).whichWaitFor(victim);
        boolean commits = random.nextBoolean();
        cluster.touch(victim, Harm.LEASE);
        try {
            cluster.database().transactions().inNew(null, () -> {
                cluster.queue().cancel(waiting);
                cluster.tell("a transaction has called off " + waiting + ", which wait for " + victim.who());
                victim.kill();
                cluster.hold(Times.THREE_LEASES);
                if (!commits) {
                    throw new ThinksBetter();
                }
                waiting.forEach(chain -> cluster.cancelled(chain.value()));
                return null;
            });
        } catch (ThinksBetter e) {
            cluster.tell("the transaction is rolled back");
        }
    }

    private static final class ThinksBetter extends Exception {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public String deed() {
        return "a transaction that has called cancel stays open while a server dies";
    }
}
