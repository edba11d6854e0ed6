package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each verb costs, in statements. A subclass for each database says how many. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatementCostContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final AttemptLimits NO_LIMITS = new AttemptLimits(0, Map.of());

    private final JpaHarness harness;
    private WorkerId worker;

    StatementCostContract(JpaHarness harness) {
        this.harness = harness;
    }

    /** What a verb costs on this database. */
    abstract int cost(Cost verb);

    /** A verb, as the documentation names it. */
    enum Cost {
        START,
        START_2500,
        START_WITH_A_NEW_KEY,
        START_WITH_A_HELD_KEY,
        START_WITH_A_REPLACED_KEY,
        START_WITH_BLOCKERS,
        START_WITH_A_CHOSEN_ID,
        ACQUIRE,
        COMPLETE,
        COMPLETE_A_CHAIN_OF_SEVERAL,
        COMPLETE_AND_UNBLOCK,
        CONTINUE,
        FAIL,
        FAIL_FOR_GOOD,
        FAIL_WHILE_OTHERS_GO_ON_WAITING,
        FAIL_AND_RESOLVE,
        START_WITH_A_FAILED_BLOCKER,
        READ_BLOCKERS,
        GIVE_BACK,
        RENEW,
        RUNNING,
        REAP,
        REAP_NOTHING,
        SWEEP_NOT_ELECTED,
        CANCEL,
        TRIGGER,
        RETRY,
        RETRY_WITH_A_KEY,
        RETRY_WITH_BLOCKERS,
        COUNTS,
        DELETE,
        DELETE_WITH_KEYS,
        DELETE_BY_AGE
    }

    @BeforeEach
    void empty() {
        harness.clear();
        worker = in(() -> harness.store().register(new NewWorker("a server", Set.of(), 10), LEASE));
    }

    @AfterAll
    void close() {
        harness.close();
    }

    @Test
    void startingCostsOneStatementForEachThousandAndMoreForKeysAndBlockers() {
        assertCost(Cost.START, () -> start(job("a")));
        assertCost(Cost.START_2500, () -> harness.store().start(Collections.nCopies(2_500, job("many"))));
        assertCost(Cost.START_WITH_A_NEW_KEY, () -> start(keyed()));
        assertCost(Cost.START_WITH_A_HELD_KEY, () -> start(keyed()));
        finish("keyed");
        assertCost(Cost.START_WITH_A_REPLACED_KEY, () -> start(keyed()));

        ChainId one = in(() -> start(job("a"))).job().chainId();
        ChainId other = in(() -> start(job("a"))).job().chainId();
        assertCost(Cost.START_WITH_BLOCKERS, () -> start(blockedBy(one, other)));
        assertCost(Cost.START_WITH_A_CHOSEN_ID, () -> start(chosen()));
    }

    @Test
    void acquiringCostsTheSameHoweverManyJobsAndTypes() {
        in(() -> harness.store().start(Collections.nCopies(30, job("a"))));
        in(() -> harness.store().start(Collections.nCopies(30, job("b"))));

        assertCost(Cost.ACQUIRE, () -> harness.store().acquire(worker, Set.of("a"), 1));
        assertCost(Cost.ACQUIRE, () -> harness.store().acquire(worker, Set.of("a", "b", "c"), 50));
    }

    @Test
    void finishingCostsMoreOnlyAtTheEndOfSeveralJobsOrWhenSomebodyWaits() {
        Token only = acquired("a");
        assertCost(Cost.COMPLETE, () -> harness.store().complete(only, "1"));

        Token first = acquired("a");
        assertCost(Cost.CONTINUE, () -> {
            harness.store().continueWith(first, job("b"));
            return true;
        });
        Token last = acquire("b");
        assertCost(Cost.COMPLETE_A_CHAIN_OF_SEVERAL, () -> harness.store().complete(last, "1"));

        StoredJob blocker = in(() -> start(job("blocker")));
        for (int i = 0; i < 20; i++) {
            in(() -> start(blockedBy(blocker.job().chainId())));
        }
        Token awaited = acquire("blocker");
        assertCost(Cost.COMPLETE_AND_UNBLOCK, () -> harness.store().complete(awaited, "1"));
    }

    @Test
    void aFailedAttemptCostsOneStatement() {
        Token again = acquired("a");
        assertCost(Cost.FAIL, () -> harness.store().fail(again, "for now", Schedule.NOW));
        Token last = acquire("a");
        assertCost(Cost.FAIL_FOR_GOOD, () -> harness.store().fail(last, "for good", null));
    }

    @Test
    void aFailureCostsMoreOnlyWhenSomebodyWaitsAndTheSameHoweverMany() {
        StoredJob blocker = in(() -> start(job("blocker")));
        ChainId chain = blocker.job().chainId();
        in(() -> start(blockedBy(new Blocker(chain, OnFailure.WAIT))));
        Token first = acquire("blocker");
        assertCost(Cost.FAIL_WHILE_OTHERS_GO_ON_WAITING, () -> harness.store().fail(first, "for good", null));
        assertCost(Cost.START_WITH_A_FAILED_BLOCKER, () -> start(blockedBy(new Blocker(chain, OnFailure.FAIL))));

        in(() -> harness.store().retry(chain));
        for (OnFailure onFailure : OnFailure.values()) {
            in(() -> harness.store().start(Collections.nCopies(20, blockedBy(new Blocker(chain, onFailure)))));
        }
        Token second = acquire("blocker");
        assertCost(Cost.FAIL_AND_RESOLVE, () -> harness.store().fail(second, "for good", null));
    }

    @Test
    void readingTheOutputsOfBlockersCostsOneStatement() {
        ChainId one = in(() -> start(job("a"))).job().chainId();
        ChainId other = in(() -> start(job("a"))).job().chainId();
        StoredJob waiting = in(() -> start(blockedBy(one, other)));

        assertCost(
                Cost.READ_BLOCKERS, () -> harness.store().blockers(waiting.job().id()));
    }

    @Test
    void leasesCostTheSameHoweverManyJobsRun() {
        in(() -> harness.store().start(Collections.nCopies(50, job("a"))));
        List<StoredJob> jobs =
                in(() -> harness.store().acquire(worker, Set.of("a"), 50)).jobs();
        assertCost(
                Cost.GIVE_BACK,
                () -> harness.store()
                        .giveBack(jobs.stream().map(StoredJob::token).toList()));
        in(() -> harness.store().acquire(worker, Set.of("a"), 50));
        assertCost(Cost.RENEW, () -> harness.store().renew(worker, LEASE));
        assertCost(Cost.RUNNING, () -> harness.store().running(worker));
        assertCost(Cost.REAP_NOTHING, () -> harness.store().reap(NO_LIMITS));

        harness.advance(LEASE.plusSeconds(1));
        assertCost(Cost.REAP, () -> harness.store().reap(NO_LIMITS));

        in(() -> harness.store().sweep(LEASE, NO_LIMITS));
        assertCost(Cost.SWEEP_NOT_ELECTED, () -> harness.store().sweep(LEASE, NO_LIMITS));
    }

    @Test
    void managingCostsTheSameHoweverManyChains() {
        List<ChainId> chains = in(() -> harness.store().start(Collections.nCopies(50, job("a")))).stream()
                .map(started -> started.lastJob().job().chainId())
                .toList();
        assertCost(Cost.TRIGGER, () -> harness.store().trigger(chains));
        assertCost(Cost.TRIGGER, () -> harness.store().reschedule(chains, Schedule.NOW));
        assertCost(Cost.TRIGGER, () -> harness.store().prioritize(chains, 9));
        assertCost(Cost.CANCEL, () -> harness.store().cancel(chains));
    }

    @Test
    void retryingCostsMoreForAKeyAndForBlockers() {
        in(() -> start(job("a")));
        ChainId plain = failed("a");
        assertCost(Cost.RETRY, () -> harness.store().retry(plain));

        in(() -> start(keyed()));
        ChainId keyed = failed("keyed");
        assertCost(Cost.RETRY_WITH_A_KEY, () -> harness.store().retry(keyed));

        ChainId blocker = in(() -> start(job("blocker"))).job().chainId();
        finish("blocker");
        in(() -> start(blockedBy(blocker)));
        ChainId waiting = failed("waiting");
        assertCost(Cost.RETRY_WITH_BLOCKERS, () -> harness.store().retry(waiting));
    }

    private ChainId failed(String type) {
        StoredJob running = in(() -> harness.store().acquire(worker, Set.of(type), 1))
                .jobs()
                .get(0);
        in(() -> harness.store().fail(running.token(), "for good", null));
        return running.job().chainId();
    }

    @Test
    void countingAndDeletingCostTheSameHoweverManyChains() {
        for (int i = 0; i < 10; i++) {
            in(() -> start(job("a")));
            finish("a");
        }
        Set<ChainId> open = in(() -> harness.store().start(Collections.nCopies(10, job("b")))).stream()
                .map(started -> started.lastJob().job().chainId())
                .collect(Collectors.toSet());
        Set<ChainId> keyed = in(() -> harness.store()
                        .start(IntStream.range(0, 10)
                                .mapToObj(key -> keyed("key" + key))
                                .toList()))
                .stream()
                .map(started -> started.lastJob().job().chainId())
                .collect(Collectors.toSet());
        harness.advance(Duration.ofHours(1));

        assertCost(Cost.COUNTS, () -> harness.store().counts());
        assertCost(Cost.DELETE, () -> harness.store().delete(open, Cascade.NONE));
        assertCost(Cost.DELETE_WITH_KEYS, () -> harness.store().delete(keyed, Cascade.NONE));
        assertCost(
                Cost.DELETE_BY_AGE,
                () -> harness.store().deleteOver(Set.of(Status.COMPLETED), Duration.ofMinutes(1), 10));
    }

    private void assertCost(Cost verb, Callable<?> work) {
        harness.takeExecuted();
        in(work);
        assertThat(harness.takeExecuted()).as("statements of %s", verb).hasSize(cost(verb));
    }

    private StoredJob start(NewJob job) {
        return harness.store().start(List.of(job)).get(0).lastJob();
    }

    private Token acquired(String type) {
        in(() -> start(job(type)));
        return acquire(type);
    }

    private Token acquire(String type) {
        return in(() -> harness.store().acquire(worker, Set.of(type), 1))
                .jobs()
                .get(0)
                .token();
    }

    private void finish(String type) {
        Token token = acquire(type);
        in(() -> harness.store().complete(token, null));
    }

    private static NewJob job(String type) {
        return new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, null);
    }

    private static NewJob keyed() {
        return keyed("key");
    }

    private static NewJob keyed(String key) {
        return new NewJob("keyed", "{}", Schedule.NOW, Blockers.NONE, Deduplication.whileIncomplete(key));
    }

    private static NewJob chosen() {
        return new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null, null, UUID.randomUUID());
    }

    private static NewJob blockedBy(ChainId... chains) {
        return blockedBy(Arrays.stream(chains)
                .map(chain -> new Blocker(chain, OnFailure.WAIT))
                .toArray(Blocker[]::new));
    }

    private static NewJob blockedBy(Blocker... blockers) {
        return new NewJob("waiting", "{}", Schedule.NOW, new Blockers(List.of(blockers), Set.of("a", "blocker")), null);
    }

    private <T> T in(Callable<T> work) {
        try {
            return harness.transactions().inNew(null, work);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
