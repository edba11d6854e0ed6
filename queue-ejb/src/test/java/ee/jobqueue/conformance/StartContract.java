package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Job;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@link ee.jobqueue.spi.JobStore#start}, without keys and blockers. */
interface StartContract extends StoreFixture {

    @Test
    default void aStartedChainIsPendingAndDueAtOnce() {
        StoredJob started = start("a");

        Job job = started.job();
        assertThat(job.chainId().value()).isEqualTo(job.id().value());
        assertThat(job.type()).isEqualTo("a");
        assertThat(job.chainType()).isEqualTo("a");
        assertThat(job.position()).isZero();
        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.scheduled()).isFalse();
        assertThat(job.attempt()).isZero();
        assertThat(job.failures()).isZero();
        assertThat(job.chainStartedAt()).isEqualTo(job.createdAt());
        assertThat(job.scheduledAt()).isAfterOrEqualTo(job.createdAt());
        assertThat(job.acquiredAt()).isNull();
        assertThat(job.endedAt()).isNull();
        assertThat(job.worker()).isNull();
        assertThat(job.lastError()).isNull();
        assertThat(started.output()).isNull();
        assertThat(started.conflicts()).isZero();
        assertThat(started.blocked()).isFalse();
    }

    @Test
    default void whatAStartReturnsIsWhatIsReadLater() {
        StoredJob started = start(NewJobs.after("a", Duration.ofHours(1)));

        assertThat(job(started.job().id())).isEqualTo(started);
        assertThat(chain(started.job().chainId())).isEqualTo(started);
    }

    @Test
    default void manyChainsAreStartedInTheOrderInWhichTheyAreAskedFor() {
        List<StoredJob> started = startAll(List.of(NewJobs.of("a"), NewJobs.of("b"), NewJobs.of("a"), NewJobs.of("c")));

        assertThat(started).extracting(job -> job.job().type()).containsExactly("a", "b", "a", "c");
    }

    @Test
    default void startingThousandsAtOnceStartsEachOfThem() {
        List<StoredJob> started = startAll(NewJobs.copies(2_001, NewJobs.of("a")));

        Set<Object> ids = new HashSet<>();
        started.forEach(job -> ids.add(job.job().id()));
        assertThat(ids).hasSize(2_001);
        assertThat(store().chain(started.get(2_000).job().chainId())).isPresent();
    }

    @Test
    default void startingNothingStartsNothing() {
        assertThat(startAll(List.of())).isEmpty();
    }

    @Test
    default void aScheduleAheadIsKeptAndShown() {
        Job job = start(NewJobs.after("a", Duration.ofHours(1))).job();

        assertThat(job.status()).isEqualTo(Status.PENDING);
        assertThat(job.scheduled()).isTrue();
        assertThat(Duration.between(job.createdAt(), job.scheduledAt()))
                .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(10));
    }

    @Test
    default void aPointInTimeAheadIsKeptToTheMillisecond() {
        Instant later = start("a").job().createdAt().plusMillis(3_600_001);

        assertThat(start(NewJobs.of("a", Schedule.at(later))).job().scheduledAt())
                .isEqualTo(later);
    }

    @Test
    default void aPastScheduleMeansNow() {
        Job job = start(NewJobs.of("a", Schedule.at(Instant.EPOCH))).job();

        assertThat(job.scheduled()).isFalse();
        assertThat(job.scheduledAt()).isAfterOrEqualTo(job.createdAt());
    }

    @Test
    default void aScheduledJobIsNoLongerShownAsScheduledWhenItsTimeHasCome() {
        StoredJob started = start(NewJobs.after("a", Duration.ofHours(1)));
        advance(Duration.ofMinutes(61));

        assertThat(job(started.job().id()).job().scheduled()).isFalse();
    }

    @Test
    default void theInputIsKeptToTheLetter() {
        String input = "{\"text\":\"Grüße, \\\"zitiert\\\", 日本 🚀 \\u0000 '; -- ${a} %s \\\\\"}";

        StoredJob started = start(NewJobs.withInput("a", input));

        assertThat(started.input()).isEqualTo(input);
        assertThat(job(started.job().id()).input()).isEqualTo(input);
    }

    @Test
    default void aLargeInputIsKeptToTheLetter() {
        NewJob job = NewJobs.withInput("a", "\"" + "ä".repeat(250_000) + "\"");

        assertThat(job(start(job).job().id()).input()).isEqualTo(job.input());
    }
}
