package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Cascade;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.StartOptions;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.EngineJobs.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Two servers, of which one learns from the other by the notifier alone: it would look by itself in an hour. */
interface ListeningContract extends NotifierFixture {

    @Test
    default void aJobThatAnotherServerStartsIsAcquiredLongBeforeTheNextPoll() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        try (TestServer caller = calling();
                TestServer worker = listening(notifier)
                        .runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                        .start()) {
            awaitListening(notifier);

            for (int i = 0; i < 5; i++) {
                Chain<String> chain = caller.queue().start(new Work("job " + i));
                awaitStatus(chain.lastJob().id(), Status.COMPLETED);
            }
            eventually(() -> assertThat(worker.events.ended).hasSize(5));
        }
    }

    @Test
    default void awaitReturnsWhenAnotherServerCompletesTheChain() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer worker = server().runsStaged(Work.class, (input, attempt) -> {
                            EngineFixture.signal(release);
                            return Outcome.complete("done elsewhere");
                        })
                        .start();
                TestServer waiting = waiting(notifier)) {
            Chain<String> chain = waiting.queue().start(new Work("a"));

            assertThat(awaitWhile(waiting, chain, release::countDown).value()).isEqualTo("done elsewhere");
            eventually(() -> assertThat(worker.events.ended).hasSize(1));
        }
    }

    @Test
    default void awaitReturnsWhenAnotherServerCancelsOrDeletesTheChain() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        try (TestServer caller = calling();
                TestServer waiting = waiting(notifier)) {
            Chain<String> cancelled = waiting.queue().start(new Work("a"));
            Chain<String> deleted = waiting.queue().start(new Work("b"));

            assertThat(awaitWhile(waiting, cancelled, () -> caller.queue().cancel(cancelled.id()))
                            .error())
                    .isInstanceOf(ChainFailedException.class);
            assertThat(awaitWhile(waiting, deleted, () -> caller.queue().delete(Set.of(deleted.id()), Cascade.NONE))
                            .error())
                    .isInstanceOf(ChainNotFoundException.class);
        }
    }

    @Test
    default void anAttemptIsToldWhatAnotherServerDidToItsJob() {
        assertThat(reasonAfter((queue, chain) -> queue.cancel(chain))).isEqualTo(CancellationReason.CANCELLED);
        assertThat(reasonAfter((queue, chain) -> queue.delete(Set.of(chain), Cascade.NONE)))
                .isEqualTo(CancellationReason.DELETED);
        assertThat(reasonAfter((queue, chain) -> queue.complete(chain, Work.class, input -> Outcome.complete("done"))))
                .isEqualTo(CancellationReason.COMPLETED_ELSEWHERE);
    }

    @Test
    default void onlyTheAttemptWhoseJobIsLostIsTold() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        Told told = new Told(2);
        try (TestServer caller = calling();
                TestServer worker = listening(notifier).runsStaged(Work.class, told)) {
            Chain<String> cancelled = caller.queue().start(new Work("cancelled"));
            Chain<String> goesOn = caller.queue().start(new Work("goes on"));
            worker.start();
            EngineFixture.signal(told.running);
            awaitListening(notifier);

            caller.queue().cancel(cancelled.id());

            eventually(() -> assertThat(told.reasons).containsEntry("cancelled", CancellationReason.CANCELLED));
            assertThat(told.reasons).doesNotContainKey("goes on");
            told.release.countDown();
            awaitStatus(goesOn.lastJob().id(), Status.COMPLETED);
        }
    }

    @Test
    default void whatHappenedWhileTheConnectionWasLostIsSeenWhenItIsBack() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        Told told = new Told(1);
        try (TestServer caller = calling();
                TestServer worker = listening(notifier).runsStaged(Work.class, told)) {
            Chain<String> running = caller.queue().start(new Work("running"));
            worker.start();
            EngineFixture.signal(told.running);
            awaitListening(notifier);
            notifier.cut();
            eventually(() -> assertThat(worker.events.notifierFailures).hasPositiveValue());

            caller.queue().cancel(running.id());
            Chain<String> due = caller.queue().start(new Work("due"));
            Chain<String> awaited = caller.queue().start(new Work("awaited"), StartOptions.NONE.after(NEVER));
            Ending<String> ending = awaitWhile(worker, awaited, () -> {
                caller.queue().complete(awaited.id(), Work.class, input -> Outcome.complete("done"));
                assertThat(told.reasons).isEmpty();
                assertThat(job(due.lastJob().id()).job().status()).isEqualTo(Status.PENDING);
                notifier.mend();
            });

            assertThat(ending.value()).isEqualTo("done");
            eventually(() -> assertThat(told.reasons).containsEntry("running", CancellationReason.CANCELLED));
            told.release.countDown();
            awaitStatus(due.lastJob().id(), Status.COMPLETED);
        }
    }

    @Test
    default void aServerWithoutAFreeSlotAsksForNothingWhatEverItIsTold() {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        Told told = new Told(1);
        try (TestServer caller = calling();
                TestServer worker = listening(notifier).concurrency(1).runsStaged(Work.class, told)) {
            caller.queue().start(new Work("first"));
            worker.start();
            EngineFixture.signal(told.running);
            awaitListening(notifier);
            int before = worker.store.calls("acquire");

            for (int i = 0; i < 20; i++) {
                caller.queue().start(new Work("due " + i));
            }
            int asked = notifier.asked.get();
            eventually(() -> assertThat(notifier.asked.get()).isGreaterThan(asked + 1));

            assertThat(worker.store.calls("acquire")).isEqualTo(before);
            told.release.countDown();
            eventually(() -> assertThat(worker.events.ended).hasSize(21));
        }
    }

    /** A server that starts and awaits chains, and runs none. */
    private TestServer waiting(CuttableNotifier notifier) {
        TestServer waiting = listening(notifier)
                .withoutWorker()
                .runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .start();
        awaitListening(notifier);
        return waiting;
    }

    /** Awaits a chain, and does something when the server has looked and waits. */
    private Ending<String> awaitWhile(TestServer server, Chain<String> chain, Runnable meanwhile) {
        int looked = server.store.calls("chain");
        List<Ending<String>> endings =
                AtOnce.onThreads(List.of(() -> server.queue().await(chain, NEVER), () -> {
                    eventually(() -> assertThat(server.store.calls("chain")).isGreaterThan(looked));
                    meanwhile.run();
                    return "done";
                }));
        assertThat(endings.get(1).committed()).isEqualTo("done");
        return endings.get(0);
    }

    /** What an attempt is told when its job is taken from it by another server. */
    private CancellationReason reasonAfter(BiConsumer<JobQueue, ChainId> taking) {
        CuttableNotifier notifier = new CuttableNotifier(notifier());
        Told told = new Told(1);
        try (TestServer caller = calling();
                TestServer worker = listening(notifier).runsStaged(Work.class, told)) {
            Chain<String> chain = caller.queue().start(new Work("a"));
            worker.start();
            EngineFixture.signal(told.running);
            awaitListening(notifier);

            taking.accept(caller.queue(), chain.id());

            AtomicReference<CancellationReason> reason = new AtomicReference<>();
            eventually(() -> {
                assertThat(told.reasons).containsKey("a");
                reason.set(told.reasons.get("a"));
            });
            return reason.get();
        }
    }

    /** Runs until it is released, or told why its work is no longer wanted. */
    final class Told implements StagedJobProcessor<Work, String> {

        final CountDownLatch running;
        final CountDownLatch release = new CountDownLatch(1);
        final Map<String, CancellationReason> reasons = new ConcurrentHashMap<>();

        Told(int attempts) {
            running = new CountDownLatch(attempts);
        }

        @Override
        public Outcome<? extends String> execute(Work input, StagedAttempt attempt) throws Exception {
            running.countDown();
            while (attempt.cancellation().isEmpty() && !release.await(5, TimeUnit.MILLISECONDS)) {
                // looks again, as a processor does between two steps of its work
            }
            attempt.cancellation().ifPresent(reason -> reasons.put(input.name(), reason));
            return Outcome.complete(input.name());
        }
    }
}
