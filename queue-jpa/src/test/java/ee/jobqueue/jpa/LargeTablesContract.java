package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.JobFilter;
import ee.jobqueue.OnFailure;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every verb reads little of {@link LargeTables large tables}: with statistics from when they were small, and with fresh
 * ones. A subclass for each database server.
 */
abstract class LargeTablesContract {

    /** How many jobs a verb handles that handles several. */
    private static final int LIMIT = 10;

    /** It looks at every job that waits, and at what it waits for. */
    private static final String SWEEP = "sweep";

    /** It ends as many jobs, which waited for one chain. */
    private static final String END_WAITING = "end those who wait";

    private static final Set<String> FOR_EACH_WAITING = Set.of(SWEEP, END_WAITING);

    private static final long MOST_FOR_EACH = 50;

    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final AttemptLimits NO_LIMITS = new AttemptLimits(0, Map.of());

    private static final Set<String> THREE_TYPES = Set.of("type0", "type3", "type5");

    private final SqlDatabase kind;
    private final RowsRead rowsRead;
    private final long most;
    private JpaHarness harness;
    private WorkerId worker;

    /**
     * A test on a database.
     *
     * @param most what a verb may read
     */
    LargeTablesContract(SqlDatabase kind, RowsRead rowsRead, long most) {
        this.kind = kind;
        this.rowsRead = rowsRead;
        this.most = most;
    }

    /** Statements that keep the database from making statistics of the job tables by itself. */
    abstract List<String> keepStatistics();

    /** Statements that make statistics of the job tables. */
    abstract List<String> makeStatistics();

    @BeforeEach
    void open() throws Exception {
        harness = kind.harness();
        worker = harness.transactions()
                .inNew(null, () -> harness.store().register(new NewWorker("a server", Set.of(), LIMIT), LEASE));
        keepStatistics().forEach(harness.database()::execute);
    }

    @AfterEach
    void close() {
        if (harness != null) { // it is where there is a server
            harness.close();
        }
    }

    @Test
    void workReadsLittleBeforeThereAreStatisticsAndWithFreshOnesSoDoesEverything() throws Exception {
        LargeTables.fill(kind, harness.database(), 0, LargeTables.JOBS);
        LargeTables.addWaiting(kind, harness.database());

        assertThat(readBy(work(0))).as("without statistics").allSatisfy(this::isLittle);

        makeStatistics().forEach(harness.database()::execute);
        assertThat(readBy(everything(1))).as("with fresh statistics").allSatisfy(this::isLittle);
    }

    @Test
    void everythingReadsLittleWithStatisticsFromWhenTheTablesWereSmall() throws Exception {
        LargeTables.fill(kind, harness.database(), 0, LargeTables.FEW);
        makeStatistics().forEach(harness.database()::execute);
        LargeTables.fill(kind, harness.database(), LargeTables.FEW, LargeTables.JOBS);
        LargeTables.addWaiting(kind, harness.database());

        assertThat(readBy(everything(0))).allSatisfy(this::isLittle);
    }

    private void isLittle(String verb, long read) {
        assertThat(read)
                .as(verb)
                .isLessThanOrEqualTo(
                        FOR_EACH_WAITING.contains(verb) ? most + MOST_FOR_EACH * LargeTables.WAITING : most(verb));
    }

    /** How much a verb may read. */
    long most(String verb) {
        return most;
    }

    private Map<String, Long> readBy(Map<String, Consumer<JobStore>> verbs) throws Exception {
        Map<String, Long> read = new LinkedHashMap<>();
        for (Map.Entry<String, Consumer<JobStore>> verb : verbs.entrySet()) {
            read.put(verb.getKey(), rowsRead.of(harness, () -> verb.getValue().accept(harness.store())));
        }
        return read;
    }

    /** What jobs need to get done, in an order in which each verb finds something to do. */
    private Map<String, Consumer<JobStore>> work(int round) throws Exception {
        Map<String, Consumer<JobStore>> verbs = new LinkedHashMap<>();
        starting(verbs);
        startingWithSharedKeys(verbs, round);
        running(verbs, LargeTables.awaited(round));
        resolving(verbs);
        managing(verbs);
        reading(verbs);
        return verbs;
    }

    /** The same, and what is done now and then. */
    private Map<String, Consumer<JobStore>> everything(int round) throws Exception {
        Map<String, Consumer<JobStore>> verbs = work(round);
        listing(verbs);
        asking(verbs);
        deleting(verbs);
        return verbs;
    }

    private void starting(Map<String, Consumer<JobStore>> verbs) {
        verbs.put("start", store -> store.start(List.of(job("type1", Blockers.NONE, null))));
        verbs.put(
                "start with a key",
                store -> store.start(List.of(job("type1", Blockers.NONE, Deduplication.whileIncomplete("50")))));
        verbs.put(
                "start with a blocker",
                store -> store.start(List.of(job(
                        "waiting",
                        new Blockers(List.of(new Blocker(LargeTables.awaited(2), OnFailure.WAIT)), typesOf()),
                        null))));
    }

    /** Under keys that thousands of chains have, or had. */
    private static void startingWithSharedKeys(Map<String, Consumer<JobStore>> verbs, int round) {
        String type = "type" + round;
        Deduplication open = Deduplication.whileIncomplete("open");
        Deduplication over = Deduplication.ever("over");
        verbs.put(
                "start with a key that thousands have",
                store -> assertThat(isHeld(store, type, open)).isTrue());
        verbs.put(
                "start with a key that thousands have, but for the newest",
                store -> assertThat(isHeld(store, type, open.disregarding(LargeTables.newestOpen(round))))
                        .isTrue());
        verbs.put(
                "start with a key that thousands have, within a window",
                store -> assertThat(isHeld(store, type, open.within(Duration.ofMillis(1))))
                        .isFalse());
        verbs.put(
                "start with a key that thousands had",
                store -> assertThat(isHeld(store, type, over)).isTrue());
        verbs.put(
                "start with a key that thousands had, while they are open",
                store -> assertThat(isHeld(store, type, Deduplication.whileIncomplete("over")))
                        .isFalse());
    }

    private static boolean isHeld(JobStore store, String type, Deduplication deduplication) {
        return store.start(List.of(job(type, Blockers.NONE, deduplication)))
                .get(0)
                .deduplicated();
    }

    private void running(Map<String, Consumer<JobStore>> verbs, ChainId awaited) {
        verbs.put(
                "acquire",
                store -> assertThat(store.acquire(worker, THREE_TYPES, LIMIT).jobs())
                        .hasSize(LIMIT));
        verbs.put("renew", store -> store.renew(worker, LEASE));
        verbs.put("running", store -> assertThat(store.running(worker)).hasSizeGreaterThanOrEqualTo(LIMIT));
        verbs.put("complete", store -> store.complete(acquired(store).token(), null));
        verbs.put("continue", store -> store.continueWith(acquired(store).token(), job("type2", Blockers.NONE, null)));
        verbs.put("fail for good", store -> store.fail(acquired(store).token(), "for good", null));
        verbs.put("complete and unblock", store -> {
            StoredJob last = store.lock(awaited);
            assertThat(store.complete(new Locked(last.job().id()), null)
                            .resolved()
                            .unblockedTypes())
                    .containsExactly("waiting");
        });
        verbs.put("reap", store -> {
            WorkerId dead = store.register(new NewWorker("a dead server", Set.of(), LIMIT), Duration.ZERO);
            store.acquire(dead, THREE_TYPES, LIMIT);
            assertThat(store.reap(NO_LIMITS).jobs()).hasSize(LIMIT);
        });
    }

    private void resolving(Map<String, Consumer<JobStore>> verbs) throws Exception {
        ChainId failing = harness.transactions()
                .inNew(null, () -> harness.store().start(List.of(job("type1", Blockers.NONE, null))))
                .get(0)
                .lastJob()
                .job()
                .chainId();
        NewJob waiting = job("waiting", new Blockers(List.of(new Blocker(failing, OnFailure.FAIL)), typesOf()), null);
        harness.transactions()
                .inNew(null, () -> harness.store().start(Collections.nCopies(LargeTables.WAITING, waiting)));
        verbs.put(
                END_WAITING,
                store -> assertThat(store.cancel(List.of(failing)).resolved().ended())
                        .hasSize(LargeTables.WAITING));
    }

    private void managing(Map<String, Consumer<JobStore>> verbs) {
        verbs.put("trigger", store -> store.trigger(List.of(LargeTables.chain(1_003))));
        verbs.put(
                "cancel",
                store -> store.cancel(List.of(store.start(List.of(job("type1", Blockers.NONE, null)))
                        .get(0)
                        .lastJob()
                        .job()
                        .chainId())));
        verbs.put("retry", store -> {
            StoredJob running = acquired(store);
            store.fail(running.token(), "for good", null);
            store.retry(running.job().chainId());
        });
    }

    private static void reading(Map<String, Consumer<JobStore>> verbs) {
        verbs.put(
                "job",
                store ->
                        assertThat(store.job(LargeTables.job(LargeTables.OVER))).isPresent());
        verbs.put(
                "chain",
                store -> assertThat(store.chain(LargeTables.chain(LargeTables.OVER - 1)))
                        .isPresent());
        verbs.put(
                "jobs of a chain",
                store -> assertThat(store.jobs(LargeTables.chain(LargeTables.OVER - 1)))
                        .hasSize(2));
        verbs.put(
                "blockers",
                store -> assertThat(store.blockers(LargeTables.job(LargeTables.OVER)))
                        .hasSize(1));
    }

    private static void listing(Map<String, Consumer<JobStore>> verbs) {
        PageRequest first = PageRequest.first(LIMIT);
        verbs.put(
                "chains",
                store -> assertThat(store.chains(ChainFilter.ALL, first).entries())
                        .hasSize(LIMIT));
        verbs.put("next page of chains", store -> {
            PageRequest next = store.chains(ChainFilter.ALL, first).next().orElseThrow();
            assertThat(store.chains(ChainFilter.ALL, next).entries()).hasSize(LIMIT);
        });
        verbs.put(
                "chains of a type",
                store -> assertThat(store.chains(ChainFilter.ALL.ofType("type3"), first)
                                .entries())
                        .hasSize(LIMIT));
        verbs.put(
                "jobs",
                store -> assertThat(store.jobs(JobFilter.ALL, first).entries()).hasSize(LIMIT));
        verbs.put("failed jobs", store -> store.jobs(JobFilter.ALL.in(Status.FAILED), first));
        verbs.put(
                "blocked jobs",
                store -> assertThat(store.jobs(JobFilter.ALL.in(Status.BLOCKED), first)
                                .entries())
                        .hasSize(LIMIT));
        verbs.put("running jobs", store -> store.jobs(JobFilter.ALL.in(Status.RUNNING), first));
        verbs.put(
                "jobs that a chain blocks",
                store -> assertThat(store.jobs(JobFilter.ALL.blockedBy(LargeTables.awaited(3)), first)
                                .entries())
                        .hasSize(1));
    }

    private static void asking(Map<String, Consumer<JobStore>> verbs) {
        verbs.put("oldest due", store -> assertThat(store.oldestDue()).hasSizeBetween(7, 8));
        verbs.put("workers", JobStore::workers);
    }

    private static void deleting(Map<String, Consumer<JobStore>> verbs) {
        verbs.put(
                "delete by age",
                store -> assertThat(store.deleteOver(Set.of(Status.COMPLETED), Duration.ofMinutes(1), LIMIT))
                        .hasSize(LIMIT));
        verbs.put(
                "delete",
                store -> store.delete(
                        Set.of(store.start(List.of(job("type1", Blockers.NONE, null)))
                                .get(0)
                                .lastJob()
                                .job()
                                .chainId()),
                        Cascade.NONE));
        verbs.put(
                "sweep",
                store ->
                        assertThat(store.sweep(Duration.ofMillis(1), NO_LIMITS)).isPresent());
    }

    private StoredJob acquired(JobStore store) {
        return store.acquire(worker, Set.of("type1"), 1).jobs().get(0);
    }

    private static Set<String> typesOf() {
        return Set.of("type0", "type1", "type2", "type3", "type4", "type5", "type6");
    }

    private static NewJob job(String type, Blockers blockers, Deduplication deduplication) {
        return new NewJob(type, "{}", Schedule.NOW, blockers, deduplication);
    }
}
