package ee.jobqueue.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Effect;
import ee.jobqueue.chaos.member.Business.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever looks at a round finds what must not be, and nothing else. */
class InvariantsTest {

    private static final String SERVER = "server-1.1";
    private static final String OTHER = "server-2.1";

    private final List<Event> events = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private long clock;

    @BeforeEach
    void oneChainIsCompleted() {
        add(SERVER, What.RENEWED);
        chain("one", Status.COMPLETED, 1, 0);
        orders.add(new Order("key-one", "one", "fragile", ""));
        add(OTHER, What.STARTED, "key", "key-one", "chain", "one");
        attempt(SERVER, "one", 1, "COMPLETED");
        effects.add(new Effect("one", "one", 1, SERVER, ""));
        add(SERVER, What.RENEWED);
    }

    @Test
    void aRoundWithoutFaultsHasNone() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aChainThatWasAcknowledgedAndIsGoneIsFound() {
        jobs.clear();

        assertThat(found())
                .contains(
                        "chain one was started and acknowledged, and is not in the store",
                        "chain one is lost; what was written with it is there");
    }

    @Test
    void aChainThatWasRolledBackAndIsThereIsFound() {
        chain("two", Status.COMPLETED, 1, 0);
        effects.add(new Effect("two", "two", 1, SERVER, ""));
        add(OTHER, What.ROLLED_BACK, "key", "key-two", "chain", "two");

        assertThat(found())
                .containsExactly(
                        "chain two was rolled back, and is in the store",
                        "chain two is there without what was written with it");
    }

    @Test
    void aStartThatNeverSucceedsIsFound() {
        add(OTHER, What.STARTING, "key", "key-two");
        assertThat(found()).isEmpty();

        add(OTHER, What.IDLE);
        assertThat(found()).containsExactly("a caller of " + OTHER + " could not start a chain under the key key-two");
    }

    @Test
    void twoChainsUnderOneKeyAreFound() {
        chain("two", Status.COMPLETED, 1, 0);
        orders.add(new Order("key-one", "two", "fragile", ""));
        effects.add(new Effect("two", "two", 1, SERVER, ""));

        assertThat(found()).containsExactly("key key-one has 2 chains");
    }

    @Test
    void aJobThatWasDoneTwiceIsFound() {
        effects.add(new Effect("one", "one", 1, OTHER, ""));

        assertThat(found()).containsExactly("job one is COMPLETED and has 2 effects");
    }

    @Test
    void aJobThatWasNotDoneIsFound() {
        effects.clear();

        assertThat(found()).containsExactly("job one is COMPLETED and has 0 effects");
    }

    @Test
    void anEffectOfAnotherAttemptIsFound() {
        jobs.clear();
        chain("one", Status.COMPLETED, 2, 0);

        assertThat(found()).containsExactly("job one was completed by attempt 2, its effect is of attempt 1");
    }

    @Test
    void aChainThatDoesNotGetOverIsFound() {
        chain("two", Status.RUNNING, 1, 0);
        orders.add(new Order("key-two", "two", "fragile", ""));

        assertThat(found()).containsExactly("chain two does not get over: RUNNING");
    }

    @Test
    void aBlockerThatIsSeenInTheWrongPlaceIsFound() {
        chain("two", "follow", Status.COMPLETED, 1, 0);
        orders.add(new Order("key-two", "two", "follow", "key-one,key-three"));
        effects.add(new Effect("two", "two", 1, SERVER, "failed,key-one"));

        assertThat(found()).containsExactly("chain two saw of its blockers failed,key-one, not key-one,failed");
    }

    @Test
    void anAttemptThatWasToldThatItsLeaseIsLostAndCommittedIsFound() {
        touch(SERVER, Harm.LEASE);
        add(SERVER, What.TOLD, "job", "one", "attempt", "1", "reason", "LEASE_LOST");

        assertThat(found()).containsExactly("attempt 1 of job one was told that its lease is lost, and committed");
    }

    @Test
    void aTokenThatIsUsedTwiceIsFound() {
        attempt(OTHER, "one", 1, "ABANDONED");

        assertThat(found()).contains("attempt 1 of job one began 2 times");
    }

    @Test
    void anAttemptOfAServerThatNobodyDisturbedIsNotLost() {
        jobs.clear();
        effects.clear();
        chain("one", Status.COMPLETED, 2, 1);
        effects.add(new Effect("one", "one", 2, SERVER, ""));
        attempt(SERVER, "one", 2, "COMPLETED");
        events.removeIf(event -> event.what() == What.ENDED && event.has("attempt", "1"));

        assertThat(found())
                .containsExactly(
                        "attempt 1 of job one of a server that nobody disturbed has not ended",
                        "job one has failed 1 times, which 0 lost leases explain");

        touch(SERVER, Harm.LEASE);
        assertThat(found()).isEmpty();
    }

    @Test
    void aLeaseOfAServerThatNobodyDisturbedIsNotLost() {
        add(SERVER, What.REGISTERED, "worker", "anew");
        assertThat(found()).containsExactly(SERVER + ", which nobody disturbed, has lost its lease 1 times");

        touch(SERVER, Harm.ATTEMPTS);
        assertThat(found()).hasSize(1);

        touch(SERVER, Harm.LEASE);
        assertThat(found()).isEmpty();
    }

    @Test
    void aLeaseThatIsRenewedTooLateIsFoundThoughNobodyHasSeenIt() {
        clock += 5_000;
        add(SERVER, What.RENEWED);

        assertThat(found()).singleElement().asString().contains("did not renew its lease for 50");
    }

    @Test
    void whatIsLostWhileTheMachineStandsStillIsExcused() {
        clock += 5_000;
        add(SERVER, What.STALLED, "millis", "3000");
        add(SERVER, What.RENEWED);

        assertThat(found()).isEmpty();
        assertThat(look().excused()).hasSize(1);
    }

    private List<String> found() {
        return look().violations().stream().map(Violation::what).toList();
    }

    private Findings look() {
        return Invariants.check(new Evidence(new History(events), jobs, orders, effects));
    }

    private void touch(String member, Harm harm) {
        add("chaos", What.TOUCHED, "member", member, "harm", harm.name());
    }

    private void attempt(String who, String job, int number, String end) {
        String attempt = Integer.toString(number);
        add(who, What.BEGUN, "chain", job, "job", job, "attempt", attempt);
        add(who, What.ENDED, "end", end, "job", job, "attempt", attempt);
    }

    private void add(String who, What what, String... details) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            named.put(details[i], details[i + 1]);
        }
        clock += 10;
        events.add(new Event(clock, who, what, named));
    }

    private void chain(String id, Status status, int attempt, int failures) {
        chain(id, "fragile", status, attempt, failures);
    }

    private void chain(String id, String type, Status status, int attempt, int failures) {
        jobs.add(new Job(
                new JobId(id),
                new ChainId(id),
                type,
                Instant.EPOCH,
                type,
                0,
                status,
                false,
                0,
                attempt,
                failures,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                null));
    }
}
