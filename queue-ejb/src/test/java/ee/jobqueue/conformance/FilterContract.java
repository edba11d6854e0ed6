package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists by ids, by time, and by the chain that blocks. */
interface FilterContract extends StoreFixture {

    /** The ids of the jobs that a filter lets through, newest first. */
    default List<JobId> listed(JobFilter filter) {
        return store().jobs(filter, PageRequest.first(100)).entries().stream()
                .map(stored -> stored.job().id())
                .toList();
    }

    /** The ids of the chains that a filter lets through, newest first. */
    default List<ChainId> listed(ChainFilter filter) {
        return store().chains(filter, PageRequest.first(100)).entries().stream()
                .map(stored -> stored.job().chainId())
                .toList();
    }

    @Test
    default void listsAreFilteredByIds() {
        StoredJob first = start("a");
        advance(Duration.ofMinutes(1));
        StoredJob second = start("a");
        start("a");
        JobId unknown = unknownJob().job().id();

        assertThat(listed(JobFilter.ALL.of(Set.of(first.job().id(), second.job().id(), unknown))))
                .containsExactly(second.job().id(), first.job().id());
        assertThat(listed(ChainFilter.ALL.of(
                        Set.of(first.job().chainId(), second.job().chainId(), new ChainId(unknown.value())))))
                .containsExactly(second.job().chainId(), first.job().chainId());
    }

    @Test
    default void noIdsStandForNothingAndNotForAll() {
        start("a");

        assertThat(listed(JobFilter.ALL.of(Set.of()))).isEmpty();
        assertThat(listed(ChainFilter.ALL.of(Set.of()))).isEmpty();
    }

    @Test
    default void aChainIsListedByItsIdWhereverItStands() {
        StoredJob first = startAndAcquire("a");
        ChainId chain = first.job().chainId();
        doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("b")));

        assertThat(listed(ChainFilter.ALL.of(Set.of(chain)))).containsExactly(chain);
        assertThat(listed(ChainFilter.ALL.of(
                        Set.of(new ChainId(chain(chain).job().id().value())))))
                .isEmpty();
    }

    @Test
    default void idsThatTheStoreCannotHaveMadeAreRefusedInFilters() {
        JobId job = new JobId("no-such-form");
        ChainId chain = new ChainId("no-such-form");

        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> listed(JobFilter.ALL.of(Set.of(job))));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> listed(JobFilter.ALL.blockedBy(chain)));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> listed(ChainFilter.ALL.of(Set.of(chain))));
        assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> listed(ChainFilter.ALL.blockedBy(chain)));
    }

    @Test
    default void jobsAreFilteredByTheirCreation() {
        start("a");
        advance(Duration.ofHours(1));
        JobId middle = start("a").job().id();
        advance(Duration.ofHours(1));
        start("a");
        Instant time = job(middle).job().createdAt();

        assertThat(listed(JobFilter.ALL.createdBetween(time, null))).hasSize(2);
        assertThat(listed(JobFilter.ALL.createdBetween(null, time))).hasSize(1);
        assertThat(listed(JobFilter.ALL.createdBetween(time, time.plusMillis(1))))
                .containsExactly(middle);
        assertThat(listed(JobFilter.ALL.createdBetween(time.plusMillis(1), time.plusMillis(2))))
                .isEmpty();
    }

    @Test
    default void theJobsThatAChainBlocksAreListedAlsoWhenTheyNoLongerWait() {
        ChainId blocker = start("blocker").job().chainId();
        ChainId other = start("blocker").job().chainId();
        JobId both = start(NewJobs.waitingFor(blocker, other)).job().id();
        advance(Duration.ofMinutes(1));
        JobId one = start(NewJobs.waitingFor(blocker)).job().id();
        start(NewJobs.waitingFor(other));
        start("a");

        completeFromOutside(blocker, null);

        assertThat(listed(JobFilter.ALL.blockedBy(blocker))).containsExactly(one, both);
        assertThat(listed(JobFilter.ALL.blockedBy(blocker).in(Status.BLOCKED))).containsExactly(both);
        assertThat(listed(JobFilter.ALL.blockedBy(unknownChain()))).isEmpty();
    }

    @Test
    default void theChainsThatAChainBlocksAreThoseOfWhichAnyJobWaitsOrWaited() {
        ChainId blocker = start("blocker").job().chainId();
        ChainId waiting = start(NewJobs.waitingFor(blocker)).job().chainId();
        advance(Duration.ofMinutes(1));
        StoredJob later = startAndAcquire("a");
        doInTransaction(() -> store().continueWith(later.token(), NewJobs.waitingFor(blocker)));
        start("a");
        completeFromOutside(blocker, null);
        StoredJob unblocked = acquireAll(worker(), "waiting").get(0);
        doInTransaction(() -> store().continueWith(unblocked.token(), NewJobs.of("b")));

        assertThat(listed(ChainFilter.ALL.blockedBy(blocker)))
                .containsExactly(later.job().chainId(), waiting);
    }
}
