package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.JobId;
import ee.jobqueue.NotTriggerableException;
import ee.jobqueue.Priority;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Priorities within a type, and {@link ee.jobqueue.spi.JobStore#prioritize}. */
interface PriorityContract extends StoreFixture {

    /** Acquires at most so many jobs of types for a new worker. */
    default Acquired acquireSome(int limit, String... types) {
        WorkerId worker = worker();
        return inTransaction(() -> store().acquire(worker, Set.of(types), limit));
    }

    /** Which jobs were acquired, in their order. */
    static List<JobId> ids(Acquired acquired) {
        return acquired.jobs().stream().map(stored -> stored.job().id()).toList();
    }

    @Test
    default void aHigherPriorityIsAcquiredFirstHoweverLongTheOthersAreDue() {
        List<JobId> started = new ArrayList<>();
        for (int priority = Priority.LOWEST; priority <= Priority.HIGHEST; priority++) {
            StoredJob job = start(NewJobs.withPriority("a", priority));
            assertThat(job.job().priority()).isEqualTo(priority);
            started.add(0, job.job().id());
            advance(Duration.ofSeconds(1));
        }

        List<JobId> acquired = new ArrayList<>();
        for (int limit : new int[] {1, 2, 7}) {
            acquired.addAll(ids(acquireSome(limit, "a")));
        }

        assertThat(acquired).isEqualTo(started);
    }

    @Test
    default void withinAPriorityTheOrderIsThatOfBecomingDue() {
        JobId later = start(NewJobs.withPriority("a", Schedule.after(Duration.ofMinutes(2)), 7))
                .job()
                .id();
        JobId sooner = start(NewJobs.withPriority("a", Schedule.after(Duration.ofMinutes(1)), 7))
                .job()
                .id();
        JobId low = start(NewJobs.withPriority("a", 6)).job().id();
        advance(Duration.ofHours(1));

        assertThat(ids(acquireSome(10, "a"))).containsExactly(sooner, later, low);
    }

    @Test
    default void aJobThatIsNotDueKeepsNoLowerOneFromRunning() {
        start(NewJobs.withPriority("a", Schedule.after(Duration.ofHours(1)), 9));
        JobId low = start(NewJobs.withPriority("a", 0)).job().id();

        Acquired acquired = acquireSome(1, "a");

        assertThat(ids(acquired)).containsExactly(low);
        assertThat(acquired.nextDueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    default void theNextDueTimeIsTheSoonestOfAllPriorities() {
        start(NewJobs.withPriority("a", Schedule.after(Duration.ofHours(2)), 9));
        start(NewJobs.withPriority("a", Schedule.after(Duration.ofHours(1)), 3));

        assertThat(acquireSome(1, "a").nextDueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    default void aHighPriorityOfOneTypeDoesNotKeepAnotherFromItsShare() {
        startAll(NewJobs.copies(5, NewJobs.withPriority("a", 9)));
        startAll(NewJobs.copies(5, NewJobs.withPriority("b", 0)));

        List<StoredJob> acquired = acquireSome(4, "a", "b").jobs();

        assertThat(acquired)
                .filteredOn(stored -> stored.job().type().equals("b"))
                .hasSize(2);
    }

    @Test
    default void aChainIsStartedWithTheDefaultPriorityWhichItsContinuationsInherit() {
        StoredJob plain = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(plain.token(), NewJobs.of("b")));
        assertThat(chain(plain.job().chainId()).job().priority()).isEqualTo(Priority.DEFAULT);

        StoredJob high = start(NewJobs.withPriority("high", 8));
        doInTransaction(() -> store().continueWith(acquireToken("high"), NewJobs.of("c")));
        assertThat(chain(high.job().chainId()).job().priority()).isEqualTo(8);

        doInTransaction(() -> store().continueWith(acquireToken("c"), NewJobs.withPriority("d", 1)));
        assertThat(chain(high.job().chainId()).job().priority()).isEqualTo(1);
    }

    private Token acquireToken(String type) {
        WorkerId worker = store().register(NewJobs.WORKER, LEASE);
        return store().acquire(worker, Set.of(type), 1).jobs().get(0).token();
    }

    @Test
    default void aJobIsGivenAnotherPriorityAndPassesTheOthers() {
        StoredJob first = start("a");
        advance(Duration.ofSeconds(1));
        StoredJob second = start("a");

        List<StoredJob> changed =
                inTransaction(() -> store().prioritize(List.of(second.job().chainId()), 9));

        assertThat(changed).containsExactly(job(second.job().id()));
        assertThat(changed.get(0).job().priority()).isEqualTo(9);
        assertThat(ids(acquireSome(2, "a")))
                .containsExactly(second.job().id(), first.job().id());
    }

    @Test
    default void whenOneOfThemIsNotPendingNoneIsGivenAnotherPriority() {
        ChainId pending = start("a").job().chainId();
        StoredJob running = startAndAcquire("b");

        assertThatExceptionOfType(NotTriggerableException.class)
                .isThrownBy(() -> inTransaction(
                        () -> store().prioritize(List.of(pending, running.job().chainId()), 9)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(Status.RUNNING));
        ChainId unknown = unknownChain();
        assertThatExceptionOfType(ChainNotFoundException.class)
                .isThrownBy(() -> inTransaction(() -> store().prioritize(List.of(pending, unknown), 9)));
        assertThat(chain(pending).job().priority()).isEqualTo(Priority.DEFAULT);
        assertThat(inTransaction(() -> store().prioritize(List.of(), 9))).isEmpty();
    }
}
