package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#acquire}. */
interface AcquireContract extends StoreFixture {

    @Test
    default void aDueJobRunsUnderTheWorkerThatAcquiresIt() {
        StoredJob started = start(NewJobs.withInput("a", "{\"n\":1}"));
        WorkerId worker = worker();

        List<StoredJob> acquired = acquireAll(worker, "a");

        assertThat(acquired).hasSize(1);
        StoredJob job = acquired.get(0);
        assertThat(job.token()).isEqualTo(new Token(started.job().id(), worker, 1));
        assertThat(job.input()).isEqualTo("{\"n\":1}");
        assertThat(job.job().acquiredAt()).isAfterOrEqualTo(job.job().createdAt());
        assertThat(job(started.job().id())).isEqualTo(job);
    }

    @Test
    default void onlyJobsOfTheAskedTypesAreAcquired() {
        start("a");
        start("b");
        start("c");

        assertThat(acquireAll(worker(), "a", "c"))
                .extracting(job -> job.job().type())
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    default void withoutTypesNothingIsAcquired() {
        start("a");

        assertThat(acquireAll(worker())).isEmpty();
    }

    @Test
    default void noMoreJobsAreAcquiredThanAskedFor() {
        startAll(NewJobs.copies(5, NewJobs.of("a")));
        WorkerId worker = worker();

        Acquired first = inTransaction(() -> store().acquire(worker, Set.of("a"), 3));
        Acquired second = inTransaction(() -> store().acquire(worker, Set.of("a"), 3));

        assertThat(first.jobs()).hasSize(3);
        assertThat(first.nextDueIn()).isNotNull().isLessThanOrEqualTo(Duration.ZERO);
        assertThat(second.jobs()).hasSize(2);
        assertThat(second.nextDueIn()).isNull();
    }

    @Test
    default void withinATypeJobsAreAcquiredInTheOrderInWhichTheyAreDue() {
        JobId third = start(NewJobs.after("a", Duration.ofHours(3))).job().id();
        JobId first = start(NewJobs.after("a", Duration.ofHours(1))).job().id();
        JobId second = start(NewJobs.after("a", Duration.ofHours(2))).job().id();
        advance(Duration.ofHours(4));
        WorkerId worker = worker();

        Acquired acquired = inTransaction(() -> store().acquire(worker, Set.of("a"), 2));

        assertThat(acquired.jobs()).extracting(job -> job.job().id()).containsExactly(first, second);
        assertThat(acquireAll(worker, "a")).extracting(job -> job.job().id()).containsExactly(third);
    }

    @Test
    default void aJobIsNotDueBeforeItsTimeByTheStoresClock() {
        start(NewJobs.after("a", Duration.ofHours(1)));
        WorkerId worker = worker();

        Acquired early = inTransaction(() -> store().acquire(worker, Set.of("a"), 10));
        advance(Duration.ofMinutes(59));
        List<StoredJob> stillEarly = acquireAll(worker, "a");
        advance(Duration.ofMinutes(2));

        assertThat(early.jobs()).isEmpty();
        assertThat(early.nextDueIn()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(stillEarly).isEmpty();
        assertThat(acquireAll(worker, "a")).hasSize(1);
    }

    @Test
    default void theNextDueTimeIsThatOfTheAskedTypesAlone() {
        start(NewJobs.after("a", Duration.ofHours(2)));
        start(NewJobs.after("b", Duration.ofHours(1)));
        start("c");
        WorkerId worker = worker();

        assertThat(inTransaction(() -> store().acquire(worker, Set.of("a"), 10)).nextDueIn())
                .isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
        assertThat(inTransaction(() -> store().acquire(worker, Set.of("a", "b"), 10))
                        .nextDueIn())
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(inTransaction(() -> store().acquire(worker, Set.of("d"), 10)).nextDueIn())
                .isNull();
    }

    @Test
    default void aFloodOfOneTypeDoesNotKeepTheOthersFromTheirShare() {
        startAll(NewJobs.copies(50, NewJobs.of("flood")));
        advance(Duration.ofMinutes(1));
        startAll(NewJobs.copies(2, NewJobs.of("quiet")));
        WorkerId worker = worker();

        Acquired acquired = inTransaction(() -> store().acquire(worker, Set.of("flood", "quiet"), 10));

        assertThat(acquired.jobs()).hasSize(10);
        assertThat(acquired.jobs())
                .filteredOn(job -> job.job().type().equals("quiet"))
                .isNotEmpty();
    }

    @Test
    default void theAttemptNumberGrowsWithEachAcquire() {
        start("a");
        for (int attempt = 1; attempt <= 3; attempt++) {
            StoredJob acquired = acquireOne("a");
            assertThat(acquired.job().attempt()).isEqualTo(attempt);
            doInTransaction(() -> store().giveBack(List.of(acquired.token())));
        }
    }

    @Test
    default void aRunningJobIsNotAcquiredAgain() {
        startAndAcquire("a");

        assertThat(acquireAll(worker(), "a")).isEmpty();
    }

    @Test
    default void twoAcquiresAtOnceNeverShareAJob() {
        startAll(NewJobs.copies(10, NewJobs.of("a")));
        WorkerId one = worker();
        WorkerId other = worker();

        List<Acquired> acquired = Ending.values(atOnce().overlapping(List.of(
                () -> store().acquire(one, Set.of("a"), 10), () -> store().acquire(other, Set.of("a"), 10))));

        List<JobId> ids = new ArrayList<>();
        acquired.forEach(part -> part.jobs().forEach(job -> ids.add(job.job().id())));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.size() + acquireAll(one, "a").size()).isEqualTo(10);
    }

    @Test
    default void manyWorkersAtOnceAcquireEachJobOnce() {
        startAll(NewJobs.copies(60, NewJobs.of("a")));
        Callable<List<Token>> untilNothingIsLeft = () -> {
            WorkerId worker = worker();
            List<Token> tokens = new ArrayList<>();
            List<StoredJob> jobs;
            do {
                jobs = inTransaction(() -> store().acquire(worker, Set.of("a"), 3))
                        .jobs();
                jobs.forEach(job -> tokens.add(job.token()));
            } while (!jobs.isEmpty());
            return tokens;
        };

        List<JobId> ids = Ending.values(AtOnce.onThreads(Collections.nCopies(4, untilNothingIsLeft))).stream()
                .flatMap(List::stream)
                .map(Token::jobId)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.size() + acquireAll(worker(), "a").size()).isEqualTo(60);
    }

    @Test
    default void aLockedJobKeepsNoOtherFromBeingAcquired() {
        StoredJob locked = start("a");
        StoredJob free = start("a");
        WorkerId worker = worker();
        List<Token> tokens = new ArrayList<>();

        List<Ending<Boolean>> endings = beside(
                () -> store().lock(locked.job().chainId())
                        .job()
                        .id()
                        .equals(locked.job().id()),
                () -> {
                    store().acquire(worker, Set.of("a"), 10).jobs().forEach(job -> tokens.add(job.token()));
                    return true;
                });

        assertThat(Ending.values(endings)).containsExactly(true, true);
        assertThat(tokens).extracting(Token::jobId).contains(free.job().id());
        assertThat(tokens.size() + acquireAll(worker, "a").size()).isEqualTo(2);
    }

    @Test
    default void whatAnAcquireTookWhoseAnswerWasLostIsToldByItsRunningJobs() {
        StoredJob started = start("a");
        WorkerId worker = worker();
        inTransaction(() -> store().acquire(worker, Set.of("a"), 10)); // the answer is lost

        List<Token> running = store().running(worker);
        doInTransaction(() -> store().giveBack(running));

        assertThat(running)
                .extracting(Token::jobId)
                .containsExactly(started.job().id());
        assertThat(job(started.job().id()).job().status()).isEqualTo(Status.PENDING);
        assertThat(acquireAll(worker, "a"))
                .extracting(job -> job.job().attempt())
                .containsExactly(2);
    }
}
