package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#chains} and {@link ee.jobqueue.spi.JobStore#jobs(JobFilter, PageRequest)}. */
interface ListContract extends StoreFixture {

    /** Reads all pages of a list. */
    default List<Job> readAll(int size, Function<PageRequest, Page<StoredJob>> list) {
        List<Job> entries = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(size));
        while (request.isPresent()) {
            Page<StoredJob> page = list.apply(request.get());
            assertThat(page.entries().size()).isLessThanOrEqualTo(size);
            page.entries().forEach(job -> entries.add(job.job()));
            request = page.next();
        }
        return entries;
    }

    /** Lists chains. */
    default List<Job> chains(ChainFilter filter) {
        return readAll(100, page -> store().chains(filter, page));
    }

    /** Lists jobs. */
    default List<Job> jobs(JobFilter filter) {
        return readAll(100, page -> store().jobs(filter, page));
    }

    @Test
    default void anEmptyStoreListsNothing() {
        assertThat(store().chains(ChainFilter.ALL, PageRequest.first(10))).isEqualTo(new Page<>(List.of(), null));
        assertThat(store().jobs(JobFilter.ALL, PageRequest.first(10))).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    default void listsRunFromTheNewestToTheOldest() {
        JobId oldest = start("a").job().id();
        advance(Duration.ofMinutes(1));
        JobId middle = start("a").job().id();
        advance(Duration.ofMinutes(1));
        JobId newest = start("a").job().id();

        assertThat(chains(ChainFilter.ALL)).extracting(Job::id).containsExactly(newest, middle, oldest);
        assertThat(jobs(JobFilter.ALL)).extracting(Job::id).containsExactly(newest, middle, oldest);
    }

    @Test
    default void pagesHoldEachEntryOnceThoughAllAreOfTheSameMoment() {
        List<JobId> started = startAll(NewJobs.copies(25, NewJobs.of("a"))).stream()
                .map(job -> job.job().id())
                .toList();

        assertThat(readAll(4, page -> store().chains(ChainFilter.ALL, page)))
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(started);
        assertThat(readAll(4, page -> store().jobs(JobFilter.ALL, page)))
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(started);
    }

    @Test
    default void theLastPageSaysThatItIsTheLastAlsoWhenItIsFull() {
        startAll(NewJobs.copies(4, NewJobs.of("a")));

        Page<StoredJob> first = store().jobs(JobFilter.ALL, PageRequest.first(2));
        Page<StoredJob> second = store().jobs(JobFilter.ALL, first.next().orElseThrow());

        assertThat(second.entries()).hasSize(2);
        assertThat(second.next()).isEmpty();
        assertThat(store().chains(ChainFilter.ALL, PageRequest.first(4)).next()).isEmpty();
    }

    @Test
    default void entriesThatComeInMeanwhileShiftNothing() {
        startAll(NewJobs.copies(3, NewJobs.of("a")));
        List<JobId> before = jobs(JobFilter.ALL).stream().map(Job::id).toList();
        Page<StoredJob> chains = store().chains(ChainFilter.ALL, PageRequest.first(2));
        Page<StoredJob> jobs = store().jobs(JobFilter.ALL, PageRequest.first(2));

        // a later moment by the store's clock, without moving the times that the pages hold
        Instant last = jobs.entries().get(0).job().createdAt();
        while (!start("a").job().createdAt().isAfter(last)) {
            Thread.onSpinWait();
        }

        assertThat(store().chains(ChainFilter.ALL, chains.next().orElseThrow()).entries())
                .extracting(job -> job.job().id())
                .containsExactly(before.get(2));
        assertThat(store().jobs(JobFilter.ALL, jobs.next().orElseThrow()).entries())
                .extracting(job -> job.job().id())
                .containsExactly(before.get(2));
    }

    @Test
    default void chainsAreListedByTheirLastJobs() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        assertThat(chains(ChainFilter.ALL))
                .containsExactly(chain(first.job().chainId()).job());
        assertThat(jobs(JobFilter.ALL)).hasSize(2);
    }

    @Test
    default void chainsAreListedByTheTypeThatStartedThem() {
        StoredJob first = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        start("b");
        start("c");

        assertThat(chains(ChainFilter.ALL.ofType("a"))).extracting(Job::type).containsExactly("b");
        assertThat(chains(ChainFilter.ALL.ofType("b", "c")))
                .extracting(Job::chainType)
                .containsExactlyInAnyOrder("b", "c");
        assertThat(jobs(JobFilter.ALL.ofType("b"))).extracting(Job::chainType).containsExactlyInAnyOrder("a", "b");
        assertThat(chains(ChainFilter.ALL.ofType("d"))).isEmpty();
    }

    @Test
    default void listsAreFilteredByStatus() {
        ChainId blocker = start("blocker").job().chainId();
        JobId blocked = start(NewJobs.waitingFor(blocker)).job().id();
        JobId running = startAndAcquire("running").job().id();
        JobId completed = startAndAcquire("completed").job().id();
        completeFromOutside(new ChainId(completed.value()), null);
        JobId failed = startAndAcquire("failed").job().id();
        doInTransaction(() -> store().fail(job(failed).token(), "for good", null));

        assertStatusLists(Set.of(Status.PENDING), Set.of(new JobId(blocker.value())));
        assertStatusLists(Set.of(Status.BLOCKED), Set.of(blocked));
        assertStatusLists(Set.of(Status.RUNNING), Set.of(running));
        assertStatusLists(Set.of(Status.COMPLETED), Set.of(completed));
        assertStatusLists(Set.of(Status.FAILED), Set.of(failed));
        assertStatusLists(Set.of(Status.CANCELLED), Set.of());
        assertStatusLists(Set.of(Status.FAILED, Status.RUNNING, Status.CANCELLED), Set.of(failed, running));
    }

    private void assertStatusLists(Set<Status> statuses, Set<JobId> expected) {
        Status[] array = statuses.toArray(Status[]::new);
        assertThat(chains(ChainFilter.ALL.in(array))).extracting(Job::id).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(jobs(JobFilter.ALL.in(array))).extracting(Job::id).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void filtersOfTypeAndStatusApplyTogether() {
        start("a");
        startAndAcquire("b");
        start("b");

        assertThat(chains(ChainFilter.ALL.ofType("b").in(Status.PENDING))).hasSize(1);
        assertThat(jobs(JobFilter.ALL.ofType("b").in(Status.PENDING))).hasSize(1);
    }

    @Test
    default void chainsAreFilteredByTheirStart() {
        start("a");
        advance(Duration.ofHours(1));
        JobId middle = start("a").job().id();
        advance(Duration.ofHours(1));
        start("a");
        Instant time = job(middle).job().chainStartedAt();

        assertThat(chains(ChainFilter.ALL.startedBetween(time, null))).hasSize(2);
        assertThat(chains(ChainFilter.ALL.startedBetween(null, time))).hasSize(1);
        assertThat(chains(ChainFilter.ALL.startedBetween(time, time.plusMillis(1))))
                .extracting(Job::id)
                .containsExactly(middle);
        assertThat(chains(ChainFilter.ALL.startedBetween(time.plusMillis(1), time.plusMillis(2))))
                .isEmpty();
    }

    @Test
    default void theStartOfAChainIsThatOfItsFirstJob() {
        StoredJob older = startAndAcquire("a");
        advance(Duration.ofHours(1));
        JobId newer = start("b").job().id();
        advance(Duration.ofHours(1));
        inTransaction(() -> store().renew(older.token().worker(), LEASE));
        doInTransaction(() -> store().continueWith(older.token(), NewJobs.of("c")));

        assertThat(chains(ChainFilter.ALL)).extracting(Job::type).containsExactly("b", "c");
        assertThat(jobs(JobFilter.ALL)).extracting(Job::type).containsExactly("c", "b", "a");
        Instant start = job(newer).job().chainStartedAt();
        assertThat(chains(ChainFilter.ALL.startedBetween(null, start)))
                .extracting(Job::type)
                .containsExactly("c");
    }

    @Test
    default void aFilteredListIsPagedLikeAnyOther() {
        for (int i = 0; i < 7; i++) {
            startAll(List.of(NewJobs.of("a"), NewJobs.of("b")));
        }

        assertThat(readAll(3, page -> store().jobs(JobFilter.ALL.ofType("b"), page)))
                .hasSize(7)
                .extracting(Job::type)
                .containsOnly("b");
        assertThat(readAll(3, page -> store().chains(ChainFilter.ALL.ofType("b").in(Status.PENDING), page)))
                .hasSize(7);
    }
}
