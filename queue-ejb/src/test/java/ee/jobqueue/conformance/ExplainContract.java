package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Chain;
import ee.jobqueue.Explanation;
import ee.jobqueue.Job;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.JobNotFoundException;
import ee.jobqueue.Outcome;
import ee.jobqueue.PageRequest;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Join;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.Acquired;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Why a job is not running, from its start to its end. */
interface ExplainContract extends EngineFixture {

    /** A server that starts chains and runs none. */
    default TestServer starter() {
        return server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .runs(Join.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare();
    }

    @Test
    default void aBlockedJobNamesTheChainsForWhichItStillWaits() {
        try (TestServer server = starter()) {
            Chain<String> open = server.queue().start(new Work("open"));
            Chain<String> done = server.queue().start(new Work("done"));
            completeFromOutside(done.id(), "\"output\"");
            StartOptions options = StartOptions.NONE.blockedBy(done.id()).blockedBy(open.id());
            Chain<String> waiting = server.queue().start(new Join("a"), options);

            assertThat(server.queue().explain(waiting.lastJob().id()))
                    .isInstanceOfSatisfying(
                            Explanation.WaitsForChains.class,
                            waits -> assertThat(waits.openBlockers())
                                    .extracting(Job::chainId)
                                    .containsExactly(open.id()));
            assertThat(server.queue()
                            .blockedBy(open.id(), PageRequest.first(10))
                            .entries())
                    .extracting(Job::id)
                    .containsExactly(waiting.lastJob().id());
        }
    }

    @Test
    default void aScheduledJobSaysUntilWhen() {
        try (TestServer server = starter()) {
            Chain<String> chain = server.queue().start(new Work("a"), StartOptions.NONE.after(Duration.ofHours(1)));

            assertThat(server.queue().explain(chain.lastJob().id()))
                    .isInstanceOfSatisfying(
                            Explanation.Scheduled.class,
                            scheduled -> assertThat(scheduled.until())
                                    .isEqualTo(chain.lastJob().scheduledAt()));
        }
    }

    @Test
    default void aDueJobSaysWhetherItsTypeRunsAnywhereAndWhetherASlotIsFree() {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer starter = starter()) {
            JobId early = starter.queue().start(new Work("early")).lastJob().id();
            assertThat(starter.queue().explain(early)).isInstanceOf(Explanation.NoWorker.class);

            try (TestServer server = server().concurrency(2)
                    .runsStaged(Work.class, (input, attempt) -> {
                        running.countDown();
                        EngineFixture.signal(release);
                        return Outcome.complete(input.name());
                    })
                    .start()) {
                starter.queue().start(new Work("second"));
                EngineFixture.signal(running);
                JobId late = starter.queue().start(new Work("late")).lastJob().id();
                JobId other = starter.queue()
                        .start(new Join("nobody runs it"))
                        .lastJob()
                        .id();

                assertThat(starter.queue().explain(late))
                        .isInstanceOfSatisfying(
                                Explanation.SlotsBusy.class,
                                busy -> assertThat(busy.slots()).isEqualTo(2));
                assertThat(starter.queue().explain(other)).isInstanceOf(Explanation.NoWorker.class);
                assertThat(starter.queue().explain(early))
                        .isInstanceOfSatisfying(
                                Explanation.Running.class,
                                now -> assertThat(now.server()).isEqualTo("test"));
                assertThat(starter.queue().oldestDue()).extracting(Job::id).containsExactlyInAnyOrder(late, other);
                release.countDown();
                eventually(() -> assertThat(server.events.ended).hasSize(3));

                assertThat(starter.queue().explain(late)).isInstanceOf(Explanation.Over.class);
            }
        }
    }

    @Test
    default void aDueJobWithAFreeSlotIsAboutToRun() {
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))) {
            server.store.disturb("acquire", call -> new Acquired(List.of(), null));
            server.start();
            eventually(() -> assertThat(store().workers()).isNotEmpty());
            JobId due = server.queue().start(new Work("due")).lastJob().id();

            assertThat(server.queue().explain(due)).isInstanceOf(Explanation.Due.class);
            server.store.leave("acquire");
        }
    }

    @Test
    default void aRunningJobWhoseWorkerHasNoLeaseSaysSo() {
        try (TestServer server = starter()) {
            JobId job = server.queue().start(new Work("a")).lastJob().id();
            acquireAll(worker(), "work");
            assertThat(server.queue().explain(job))
                    .isEqualTo(new Explanation.Running(job(job).job(), NewJobs.WORKER.name()));

            advance(LEASE.plusSeconds(1));

            assertThat(server.queue().explain(job)).isEqualTo(new Explanation.Running(job(job).job(), null));
        }
    }

    @Test
    default void aFailedJobIsOverWithItsError() {
        try (TestServer server = server().maxAttempts(1)
                .runs(Work.class, (input, attempt) -> Outcome.fail("no use"))
                .start()) {
            JobId job = server.queue().start(new Work("a")).lastJob().id();
            awaitStatus(job, Status.FAILED);

            assertThat(server.queue().explain(job))
                    .isInstanceOfSatisfying(
                            Explanation.Over.class,
                            over -> assertThat(over.job().lastError()).contains("no use"));
            assertThat(server.queue().counts()).singleElement().satisfies(count -> {
                assertThat(count.status()).isEqualTo(Status.FAILED);
                assertThat(count.jobs()).isEqualTo(1);
            });
            assertThat(server.queue()
                            .jobs(JobFilter.ALL.in(Status.FAILED), PageRequest.first(10))
                            .entries())
                    .hasSize(1);
        }
    }

    @Test
    default void anUnknownJobIsNotExplained() {
        JobId unknown = unknownJob().job().id();
        try (TestServer server = starter()) {
            assertThatExceptionOfType(JobNotFoundException.class)
                    .isThrownBy(() -> server.queue().explain(unknown))
                    .satisfies(e -> assertThat(e.jobId()).isEqualTo(unknown));
        }
    }
}
