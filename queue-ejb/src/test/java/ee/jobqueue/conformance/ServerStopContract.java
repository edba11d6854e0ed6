package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Chain;
import ee.jobqueue.Outcome;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.engine.AttemptEnd;
import ee.jobqueue.spi.Acquired;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that stops refuses new tasks long before it stops its applications, while their attempts still run. */
interface ServerStopContract extends EngineFixture {

    @Test
    default void theLeaseIsKeptWhileAttemptsRunInAServerThatTakesNoMoreTasks() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer server = server().concurrency(1)
                        .runsStaged(Work.class, (input, attempt) -> {
                            running.countDown();
                            EngineFixture.signal(release);
                            return Outcome.complete(
                                    attempt.cancellation().map(Enum::name).orElse("not told"));
                        })
                        .start();
                TestServer other = server().runsStaged(Work.class, (input, attempt) -> Outcome.complete("other"))) {
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);
            server.takesTasks(false);
            other.start();

            for (int i = 0; i < 3; i++) { // together longer than the lease
                int before = server.events.renewals.size();
                eventually(() -> assertThat(server.events.renewals.size()).isGreaterThan(before + 1));
                advance(LEASE_AND_MORE.dividedBy(2));
            }
            release.countDown();

            eventually(
                    () -> assertThat(server.events.endsOf(chain.lastJob().id())).containsExactly(AttemptEnd.COMPLETED));
            assertThat(other.events.reaped).isEmpty();
            assertThat(job(chain.lastJob().id()))
                    .matches(stored -> stored.job().attempt() == 1)
                    .extracting(stored -> stored.output())
                    .asString()
                    .contains(CancellationReason.WORKER_STOPPING.name());
        }
    }

    @Test
    default void aServerThatTakesNoMoreTasksAcquiresNothing() {
        try (LogLines log = new LogLines();
                TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                        .start()) {
            eventually(() -> assertThat(server.store.calls("acquire")).isPositive());
            server.takesTasks(false);
            eventually(() ->
                    assertThat(log.all()).anySatisfy(line -> assertThat(line).contains("takes no more tasks")));
            eventually(() -> assertThat(server.engine().isReady()).isTrue());
            int acquires = server.store.calls("acquire");
            Chain<String> chain = server.queue().start(new Work("a"));
            int before = server.events.renewals.size();
            eventually(() -> assertThat(server.events.renewals.size()).isGreaterThan(before + 2));

            assertThat(server.store.calls("acquire")).isEqualTo(acquires);
            assertThat(job(chain.lastJob().id()).job())
                    .matches(job -> job.status() == Status.PENDING && job.attempt() == 0);

            server.takesTasks(true);
            awaitStatus(chain.lastJob().id(), Status.COMPLETED);
        }
    }

    @Test
    default void whatAnAcquireUnderWayBringsGoesBackWithoutAFailure() {
        AtomicInteger refused = new AtomicInteger();
        try (TestServer server = server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()));
                TestServer other = server().runs(Work.class, (input, attempt) -> Outcome.complete("other"))) {
            server.store.disturb("acquire", call -> {
                Acquired acquired = (Acquired) call.proceed();
                if (!acquired.jobs().isEmpty()) {
                    refused.addAndGet(acquired.jobs().size());
                    server.takesTasks(false);
                }
                return acquired;
            });
            server.start();
            Chain<String> chain = server.queue().start(new Work("a"));
            eventually(() -> assertThat(refused).hasValue(1));
            awaitStatus(chain.lastJob().id(), Status.PENDING);
            other.start();

            awaitStatus(chain.lastJob().id(), Status.COMPLETED);
            assertThat(server.events.ended).isEmpty();
            assertThat(job(chain.lastJob().id()).job()).matches(job -> job.failures() == 0);
        }
    }

    @Test
    default void aFailureIsRecordedInAServerThatTakesNoMoreTasks() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        try (TestServer server = server().runsStaged(Work.class, (input, attempt) -> {
                    running.countDown();
                    EngineFixture.signal(release);
                    throw new IllegalStateException("fails");
                })
                .start()) {
            server.store.disturb("fail", call -> {
                if (tries.incrementAndGet() <= 2) {
                    throw new StoreUnavailableException("no connection", true, new IllegalStateException());
                }
                return call.proceed();
            });
            Chain<String> chain = server.queue().start(new Work("a"));
            EngineFixture.signal(running);
            server.takesTasks(false);
            release.countDown();

            eventually(
                    () -> assertThat(job(chain.lastJob().id()).job().failures()).isEqualTo(1));
        }
    }
}
