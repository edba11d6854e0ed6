package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Chain;
import ee.jobqueue.Explanation;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Outcome;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Decide;
import ee.jobqueue.conformance.EngineJobs.First;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.NewWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Servers with the same application, of which each runs some types only. */
interface TypesContract extends EngineFixture {

    /** The same application in each: it has processors for all. */
    default TestServer application(List<String> log, String name) {
        return server().runs(First.class, (input, attempt) -> {
                    log.add(name + " first");
                    return Outcome.continueWith(new Next(2, input.count()));
                })
                .runs(Next.class, (input, attempt) -> {
                    log.add(name + " next");
                    return input.position() == input.count()
                            ? Outcome.complete("of " + input.count())
                            : Outcome.continueWith(new Next(input.position() + 1, input.count()));
                })
                .runs(Work.class, (input, attempt) -> Outcome.complete(input.name()));
    }

    @Test
    default void aChainCrossesServersThatRunOneStepEach() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        try (TestServer one = application(log, "one").types("first").start();
                TestServer two = application(log, "two").types("next", "work").start()) {
            Chain<String> early = one.queue().start(new First(2));
            Chain<String> late = two.queue().start(new First(3));

            assertThat(one.queue().await(early, DEADLINE)).isEqualTo("of 2");
            assertThat(one.queue().await(late, DEADLINE)).isEqualTo("of 3");
            assertThat(log)
                    .containsOnly("one first", "two next")
                    .filteredOn(line -> line.startsWith("two"))
                    .hasSize(3);
            assertThat(store().workers())
                    .extracting(worker -> worker.told().types())
                    .containsExactlyInAnyOrder(Set.of("first"), Set.of("next", "work"));
        }
    }

    @Test
    default void aJobOfATypeThatNoLiveServerRunsSaysWhatToDo() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        try (TestServer one = application(log, "one").types("first").start()) {
            Chain<String> chain = one.queue().start(new First(2));
            eventually(() -> assertThat(lastJob(one, chain).type()).isEqualTo("next"));
            JobId next = lastJob(one, chain).id();

            assertThat(one.queue().explain(next))
                    .isInstanceOfSatisfying(
                            Explanation.NoWorker.class,
                            nobody ->
                                    assertThat(nobody.advice()).contains("next", "processor", "jobqueue.worker.types"));
            eventually(() -> assertThat(one.engine().typesNobodyRuns()).containsExactly("next", "work"));

            try (TestServer two = application(log, "two").types("next").start()) {
                assertThat(one.queue().await(chain, DEADLINE)).isEqualTo("of 2");
                eventually(() -> assertThat(two.engine().typesNobodyRuns()).containsExactly("work"));
            }
        }
    }

    @Test
    default void aServerThatRunsAllAsksNobodyWhatOthersRun() {
        try (TestServer server =
                application(new CopyOnWriteArrayList<>(), "all").start()) {
            int asked = server.store.calls("workers");

            assertThat(server.engine().typesNobodyRuns()).isEmpty();
            assertThat(server.store.calls("workers")).isEqualTo(asked);
        }
    }

    @Test
    default void theSweepNamesATypeOnceOfWhichAJobIsDueAndNobodyRunsIt() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (LogLines lines = new LogLines();
                TestServer one = application(log, "one").types("first")) {
            JobId due = start(NewJobs.of("next")).job().id();
            start(NewJobs.after("work", Duration.ofDays(1)));
            advance(Duration.ofMinutes(2)); // a sweep is due
            one.start();

            eventually(() -> assertThat(warnings(lines)).hasSize(1));
            assertThat(warnings(lines))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("[next]", "jobqueue.worker.types")
                            .doesNotContain("work]"));
            assertThat(lines.all()).noneMatch(line -> line.contains("does not know"));
            assertThat(job(due).job().status()).isEqualTo(Status.PENDING);
        }
    }

    @Test
    default void theSweepNamesNoTypeThatAnotherServerRunsOrThatIsCompletedFromOutside() {
        List<String> log = new CopyOnWriteArrayList<>();
        TestServer one = application(log, "one").types("first");
        try (LogLines lines = new LogLines();
                TestServer two = application(log, "two").types("next", "work")) {
            advance(Duration.ofMinutes(2)); // a sweep is due, and is left to the other server
            two.store.disturb("sweep", call -> Optional.empty());
            two.start();
            eventually(() -> assertThat(store().workers()).hasSize(1));
            inTransaction(() -> store().register(
                            new NewWorker("another application", Set.of("of-another"), 1), Duration.ofHours(1)));
            start(NewJobs.of("of-another"));
            start(NewJobs.of("work", Schedule.after(Duration.ofDays(1))));
            CountDownLatch used = new CountDownLatch(1);
            one.store.disturb("sweep", call -> {
                EngineFixture.signal(used);
                return call.proceed();
            });

            one.start().queue().start(new Decide("from outside"));
            eventually(() -> assertThat(one.store.calls("sweep")).isPositive());
            used.countDown();
            one.close();

            assertThat(warnings(lines)).isEmpty();
            assertThat(lines.all()).noneMatch(line -> line.contains("does not know"));
        }
    }

    private static Job lastJob(TestServer server, Chain<String> chain) {
        return server.queue().chain(chain.id(), First.class).orElseThrow().lastJob();
    }

    private static List<String> warnings(LogLines lines) {
        return lines.all().stream()
                .filter(line -> line.contains("no live server runs"))
                .toList();
    }
}
