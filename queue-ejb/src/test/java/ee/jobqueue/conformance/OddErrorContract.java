package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Cascade;
import ee.jobqueue.Chain;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Nothing that a processor, a listener or a log throws costs a job or a slot: each server here has one slot. */
interface OddErrorContract extends EngineFixture {

    Logger QUEUE_LOG = Logger.getLogger("ee.jobqueue");

    @Test
    default void anErrorThatNobodyCanDescribeIsAFailureAsAnyOther() throws Exception {
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    throw OddErrors.<RuntimeException>thrown(OddErrors.all().get(input.name()));
                })
                .start()) {
            allFail(server);
        }
    }

    @Test
    default void anErrorThatNobodyCanDescribeEndsAStagedAttemptToo() throws Exception {
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runsStaged(
                        Work.class,
                        (input, attempt) -> Outcome.inTransaction(() -> {
                            throw OddErrors.<RuntimeException>thrown(
                                    OddErrors.all().get(input.name()));
                        }))
                .start()) {
            allFail(server);
        }
    }

    /** An error that is not logged is described for the record all the same. */
    @Test
    default void anErrorThatNobodyCanDescribeCountsWithTheLogOff() throws Exception {
        Level before = QUEUE_LOG.getLevel();
        QUEUE_LOG.setLevel(Level.OFF);
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    throw OddErrors.<RuntimeException>thrown(OddErrors.all().get(input.name()));
                })
                .start()) {
            allFail(server);
        } finally {
            QUEUE_LOG.setLevel(before);
        }
    }

    private void allFail(TestServer server) {
        Map<String, Throwable> errors = OddErrors.all();
        List<Chain<String>> chains = new ArrayList<>();
        errors.keySet().forEach(name -> chains.add(server.queue().start(new Work(name))));
        for (Chain<String> chain : chains) {
            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(job(chain.lastJob().id()).job()).satisfies(job -> {
                assertThat(job.failures()).isEqualTo(1);
                assertThat(job.attempt()).isEqualTo(1);
                assertThat(job.lastError()).hasSizeBetween(1, 10_000);
            });
        }
        assertThat(chains.stream().map(chain -> lastJob(chain).lastError()))
                .zipSatisfy(
                        errors.values().stream()
                                .map(error -> error.getClass().getName())
                                .toList(),
                        (text, name) -> assertThat(text).contains(name));
    }

    @Test
    default void aListenerMayThrowWhatItLikes() throws Exception {
        OddListener odd = new OddListener();
        try (TestServer server = server().concurrency(1)
                .tells(odd)
                .runs(Work.class, (input, attempt) -> {
                    if (input.name().equals("fails")) {
                        throw new IllegalStateException("broken");
                    }
                    return Outcome.complete(input.name());
                })
                .maxAttempts(1)
                .start()) {
            StartOptions later = StartOptions.NONE.after(Duration.ofHours(1));
            Chain<String> cancelled = server.queue().start(new Work("cancelled"), later);
            Chain<String> completed = server.queue().start(new Work("completed"), later);
            Chain<String> triggered = server.queue().start(new Work("triggered"), later);
            Chain<String> fails = server.queue().start(new Work("fails"));
            server.queue().cancel(cancelled.id());
            server.queue().complete(completed.id(), Work.class, input -> Outcome.complete("from outside"));
            server.queue().trigger(triggered.id());
            awaitStatus(fails.lastJob().id(), Status.FAILED);
            server.queue().retry(fails.id());
            server.queue().delete(Set.of(cancelled.id()), Cascade.NONE);

            assertThat(server.queue().await(triggered, DEADLINE)).isEqualTo("triggered");
            for (int i = 0; i < odd.variety(); i++) { // each ends otherwise than the one before
                assertThat(server.queue().await(server.queue().start(new Work("w" + i)), DEADLINE))
                        .isEqualTo("w" + i);
            }

            awaitStatus(fails.lastJob().id(), Status.FAILED);
            eventually(() -> assertThat(server.events.ended).hasSize(odd.variety() + 3));
            assertThat(server.events.started).hasSize(odd.variety() + 4);
            assertThat(server.events.cancelled).hasSize(1);
            assertThat(server.events.completedFromOutside).hasSize(1);
            assertThat(server.events.retried).hasSize(1);
            assertThat(server.events.deleted).hasSize(1);
            assertThat(server.events.listenerFailures.get()).isGreaterThan(2 * odd.variety());
        }
    }

    @Test
    default void aLogThatFailsCostsNothing() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        Handler failing = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (Thread.currentThread().getName().equals("test-server")) { // not those of other tests
                    lines.incrementAndGet();
                    throw new AssertionError("the log's disk is full");
                }
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        QUEUE_LOG.addHandler(failing);
        try (TestServer server = server().concurrency(1)
                .maxAttempts(2)
                .runs(Work.class, (input, attempt) -> {
                    throw new IllegalStateException("broken");
                })
                .start()) {
            for (int i = 0; i < 3; i++) {
                Chain<String> chain = server.queue().start(new Work("w" + i));
                awaitStatus(chain.lastJob().id(), Status.FAILED);
            }
            assertThat(lines.get()).isGreaterThanOrEqualTo(6);
        } finally {
            QUEUE_LOG.removeHandler(failing);
        }
    }

    @Test
    default void aRecordThatFailsInAnyWayIsMadeLater() throws Exception {
        List<Throwable> errors =
                List.of(new AssertionError("below"), new StackOverflowError(), new Throwable("checked"));
        AtomicInteger refused = new AtomicInteger();
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    throw new IllegalStateException("broken");
                })
                .start()) {
            server.store.disturb("fail", call -> {
                int refusal = refused.getAndIncrement();
                if (refusal < errors.size()) {
                    throw OddErrors.<RuntimeException>thrown(errors.get(refusal));
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(refused).hasValue(errors.size() + 1);
            assertThat(job(chain.lastJob().id()).job().attempt()).isEqualTo(1);
        }
    }

    /** Otherwise the job would go back and run for ever, without a failure. */
    @Test
    default void aFailureWhoseTextTheStoreRefusesIsRecordedWithoutIt() {
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runs(Work.class, (input, attempt) -> {
                    throw new IllegalStateException("unstorable");
                })
                .start()) {
            server.store.disturb("fail", call -> {
                if (String.valueOf(call.argument(1)).contains("unstorable")) {
                    throw new IllegalArgumentException("no such character in this database");
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));

            awaitStatus(chain.lastJob().id(), Status.FAILED);
            assertThat(job(chain.lastJob().id()).job().lastError()).contains(IllegalStateException.class.getName());
        }
    }

    @Test
    default void whatComesFromElsewhereForgesNoLineOfTheLog() throws Exception {
        String forged = "x\n2026-01-01 WARNING forged\r\u0085\u2028\u2029\u001b[31m\u202etxt\u0000\u009b1m\b";
        try (LogLines log = new LogLines();
                TestServer server = server().concurrency(1)
                        .maxAttempts(1)
                        .tells(new OddListener())
                        .runs(Work.class, (input, attempt) -> switch (input.name()) {
                            case "fails" -> Outcome.fail(forged);
                            default -> throw new IllegalStateException(forged, new IllegalStateException(forged));
                        })
                        .start()) {
            Chain<String> thrown = server.queue().start(new Work("throws"));
            Chain<String> failed = server.queue().start(new Work("fails"));
            awaitStatus(thrown.lastJob().id(), Status.FAILED);
            awaitStatus(failed.lastJob().id(), Status.FAILED);
            eventually(() -> assertThat(server.events.ended).hasSize(2));

            assertThat(log.all())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).matches("\\P{Cntrl}*"));
            assertThat(log.traces())
                    .anySatisfy(trace -> assertThat(trace).contains("forged"))
                    .allSatisfy(trace -> assertThat(trace.lines())
                            .noneSatisfy(line -> assertThat(line).startsWith("2026"))
                            .allSatisfy(line -> assertThat(line).matches("\\t*[^\\p{Cc}\\u2028\\u2029\\u202e]*")));
        }
    }

    /** Line breaks are part of a text; what nobody sees, and what a database may refuse, is written out. */
    @Test
    default void anErrorIsKeptOnEveryStoreWhateverIsInIt() throws Exception {
        String odd = "one\ntwo\tthree \u0000 \u001b[31m \ud83d\ude00 \ud83d é";
        String kept = "one\ntwo\tthree \\u0000 \\u001b[31m \ud83d\ude00 \\ud83d é";
        try (TestServer server = server().concurrency(1)
                .maxAttempts(1)
                .runs(Work.class, (input, attempt) -> switch (input.name()) {
                    case "fails" -> Outcome.fail(odd);
                    default -> throw new IllegalStateException(odd);
                })
                .start()) {
            Chain<String> thrown = server.queue().start(new Work("throws"));
            Chain<String> failed = server.queue().start(new Work("fails"));
            awaitStatus(thrown.lastJob().id(), Status.FAILED);
            awaitStatus(failed.lastJob().id(), Status.FAILED);

            assertThat(lastJob(failed).lastError()).isEqualTo(kept);
            assertThat(lastJob(thrown).lastError()).startsWith("java.lang.IllegalStateException: " + kept + "\n\tat ");
        }
    }

    private Job lastJob(Chain<?> chain) {
        return job(chain.lastJob().id()).job();
    }
}
