package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chains under ids that their callers choose: never another job's row in silence, never an overwrite. */
interface ChosenIdContract extends StoreFixture {

    /** A job with a chosen id. */
    static NewJob job(String input, UUID id, @Nullable Deduplication deduplication) {
        return new NewJob("a", input, Schedule.NOW, Blockers.NONE, deduplication, null, id);
    }

    /** A job with a chosen id. */
    static NewJob job(UUID id) {
        return job("{}", id, null);
    }

    /** Asserts that a start is refused for its id, in a transaction that stays usable. */
    default void assertTaken(UUID id, List<NewJob> jobs) {
        List<Object> before = everything();
        doInTransaction(() -> {
            assertThatExceptionOfType(DuplicateJobIdException.class)
                    .isThrownBy(() -> store().start(jobs))
                    .satisfies(e -> assertThat(e.jobId().value()).isEqualTo(id.toString()));
            assertThat(store().counts()).isNotNull();
        });
        assertThat(everything()).isEqualTo(before);
    }

    private List<Object> everything() {
        return new ArrayList<>(
                store().jobs(JobFilter.ALL, PageRequest.first(1_000)).entries());
    }

    @Test
    default void aChainIsStartedUnderTheChosenId() {
        UUID id = UUID.randomUUID();

        StoredJob started = start(job(id));

        assertThat(started.job().id()).isEqualTo(new JobId(id.toString()));
        assertThat(started.job().chainId()).isEqualTo(new ChainId(id.toString()));
        assertThat(job(started.job().id())).isEqualTo(started);
        StoredJob acquired = acquireOne("a");
        doInTransaction(() -> store().continueWith(acquired.token(), NewJobs.of("b")));
        assertThat(store().jobs(started.job().chainId())).hasSize(2);
        complete(acquireOne("b").token(), "1");
        assertThat(chain(started.job().chainId()).job().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    default void anIdIsChosenOnce() {
        UUID id = UUID.randomUUID();
        start(job("1", id, null));

        assertTaken(id, List.of(NewJobs.of("before"), job("2", id, null), NewJobs.of("after")));

        completeFromOutside(new ChainId(id.toString()), null);
        assertTaken(id, List.of(job("3", id, null)));
        assertThat(job(new JobId(id.toString())).input()).isEqualTo("1");
    }

    @Test
    default void anIdIsChosenOnceWithinACall() {
        UUID id = UUID.randomUUID();

        assertTaken(id, List.of(job("1", id, null), job("2", id, null)));
    }

    @Test
    default void aContinuationsIdIsNotChosenEither() {
        UUID id = UUID.randomUUID();
        start(job(id));
        StoredJob first = acquireOne("a");
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));
        String continuation = acquireOne("b").job().id().value();

        if (continuation.length() == 36) { // an id of a form that can be chosen
            assertTaken(UUID.fromString(continuation), List.of(job(UUID.fromString(continuation))));
        } else {
            assertThat(continuation).doesNotContain("-");
        }
    }

    @Test
    default void ofTwoStartsUnderOneIdAtOnceTheSecondIsRefused() {
        UUID id = UUID.randomUUID();
        Callable<List<Started>> first = () -> store().start(List.of(job("1", id, null)));
        Callable<List<Started>> second = () -> store().start(List.of(job("2", id, null)));

        List<Ending<List<Started>>> endings = atOnce().overlappingInOrder(first, second);

        assertThat(endings.get(0).error()).isNull();
        assertThat(endings.get(1).error()).isInstanceOf(DuplicateJobIdException.class);
        assertThat(job(new JobId(id.toString())).input()).isEqualTo("1");
    }

    @Test
    @NeedsTransactions
    default void aStartUnderTheIdOfAStartThatRollsBackSucceeds() {
        UUID id = UUID.randomUUID();
        unknownStart(job("1", id, null));

        assertThat(start(job("2", id, null)).input()).isEqualTo("2");
    }

    @Test
    default void aHitOfTheKeyDropsTheIdAlsoWhenItIsTheHoldersOwn() {
        UUID id = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        Deduplication key = Deduplication.whileIncomplete("key");
        StoredJob holder = start(job("1", id, key));

        List<Started> hits = inTransaction(() -> store().start(List.of(job("2", other, key), job("3", id, key))));

        assertThat(hits).extracting(Started::deduplicated).containsOnly(true);
        assertThat(hits).extracting(hit -> hit.lastJob().input()).containsOnly(holder.input());
        assertThat(start(job("4", other, null)).job().id()).isEqualTo(new JobId(other.toString()));
    }

    @Test
    default void anIdIsTakenAlsoWhenItsKeyIsFree() {
        UUID id = UUID.randomUUID();
        Deduplication key = Deduplication.whileIncomplete("key");
        start(job("1", id, key));
        completeFromOutside(new ChainId(id.toString()), null);

        assertTaken(id, List.of(job("2", id, key)));
    }

    @Test
    default void theIdOfADeletedChainIsFreeUnlessItsAttemptMayStillWrite() {
        UUID id = UUID.randomUUID();
        ChainId chain = start(job(id)).job().chainId();
        doInTransaction(() -> store().delete(Set.of(chain), Cascade.NONE));
        start(job(id));
        acquireOne("a");
        doInTransaction(() -> store().delete(Set.of(chain), Cascade.NONE));

        assertTaken(id, List.of(job(id)));
    }

    @Test
    default void anIdThatIsTakenIsRefusedUnderANewKeyToo() {
        UUID id = UUID.randomUUID();
        start(new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null, null, id));
        Deduplication key = Deduplication.whileIncomplete("new");

        assertThatExceptionOfType(DuplicateJobIdException.class)
                .isThrownBy(() -> start(new NewJob("b", "{}", Schedule.NOW, Blockers.NONE, key, null, id)));
        assertThatExceptionOfType(DuplicateJobIdException.class)
                .isThrownBy(() -> start(new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, key, null, id)));
        assertThat(start(NewJobs.keyed("a", key)).job().id().value()).isNotEqualTo(id.toString());
    }

    @Test
    default void pagesHoldEachEntryOnceThoughIdsDoNotGrowWithTime() {
        Random random = new Random(1);
        List<JobId> started = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            List<NewJob> jobs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                jobs.add(job(randomId(random)));
                jobs.add(NewJobs.of("a"));
            }
            startAll(jobs).forEach(job -> started.add(job.job().id()));
        }

        assertThat(readAll(page -> store().jobs(JobFilter.ALL, page)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(started);
        assertThat(readAll(page -> store().chains(ChainFilter.ALL, page)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(started);
    }

    private static UUID randomId(Random random) {
        byte[] name = new byte[16];
        random.nextBytes(name);
        return UUID.nameUUIDFromBytes(name);
    }

    private static List<JobId> readAll(Function<PageRequest, Page<StoredJob>> list) {
        List<JobId> ids = new ArrayList<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(5));
        while (request.isPresent()) {
            Page<StoredJob> page = list.apply(request.get());
            page.entries().stream().map(StoredJob::job).map(Job::id).forEach(ids::add);
            request = page.next();
        }
        return ids;
    }
}
