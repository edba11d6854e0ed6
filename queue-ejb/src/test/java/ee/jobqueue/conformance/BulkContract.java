package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BulkResult;
import ee.jobqueue.BulkResult.PassedOver;
import ee.jobqueue.Cascade;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.Outcome;
import ee.jobqueue.PageRequest;
import ee.jobqueue.StartOptions;
import ee.jobqueue.StartRequest;
import ee.jobqueue.Status;
import ee.jobqueue.StatusChangedException;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.EngineJobs.Decide;
import ee.jobqueue.conformance.EngineJobs.Join;
import ee.jobqueue.conformance.EngineJobs.Next;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What people do to all chains that a filter selects, while others change them. */
interface BulkContract extends EngineFixture {

    /** A page that holds all chains of a test. */
    PageRequest ALL = PageRequest.first(1_000);

    /** A server that knows the types and runs nothing. */
    default TestServer still() {
        return server().runs(Work.class, (input, attempt) -> Outcome.complete("done"))
                .runs(Join.class, (input, attempt) -> Outcome.complete("joined"))
                .runs(Next.class, (input, attempt) -> Outcome.complete("next"))
                .prepare();
    }

    /** Starts chains of {@link Work}. */
    default List<ChainId> startMany(TestServer server, int count) {
        return server.queue().startAll(Collections.nCopies(count, StartRequest.of(new Work("a")))).stream()
                .map(Chain::id)
                .toList();
    }

    /** Lets the jobs of a type that are due fail for good. */
    default void failAll(String type) {
        List<StoredJob> acquired = acquireAll(worker(), type);
        acquired.forEach(job -> doInTransaction(() -> store().fail(job.token(), "for good", null)));
    }

    /** Repeats a verb until there is no further page. */
    default List<BulkResult> loop(int size, Function<PageRequest, BulkResult> verb) {
        List<BulkResult> results = new ArrayList<>();
        Optional<PageRequest> page = Optional.of(PageRequest.first(size));
        while (page.isPresent()) {
            BulkResult result = verb.apply(page.get());
            results.add(result);
            page = result.next();
        }
        return results;
    }

    /** Lets something happen once, between the reading of a page and the locks. */
    default void betweenReadingAndLocking(TestServer server, Runnable change) {
        server.store.disturb("chains", call -> {
            Object page = call.proceed();
            server.store.leave("chains");
            change.run();
            return page;
        });
    }

    /** The ids of changed chains. */
    static List<ChainId> chains(BulkResult result) {
        return result.changed().stream().map(Job::chainId).toList();
    }

    @Test
    default void aLoopCancelsWhatTheFilterSelectsInTransactionsOfBoundedSize() {
        try (TestServer server = still()) {
            List<ChainId> chains = startMany(server, 25);
            ChainId other = server.queue().start(new Decide("other")).id();
            server.queue().cancel(chains.get(3));

            List<BulkResult> results = loop(10, page -> server.queue().cancel(ChainFilter.ALL.ofType("work"), page));

            assertThat(results).extracting(result -> result.changed().size()).containsExactly(10, 10, 4);
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.passedOver()).isEmpty());
            assertThat(chain(other).job().status()).isEqualTo(Status.PENDING);
            assertThat(server.events.cancelled).hasSize(25);
        }
    }

    @Test
    default void statusesFromWhichTheVerbDoesNotLeadSelectNothing() {
        try (TestServer server = still()) {
            ChainId chain = startMany(server, 1).get(0);
            server.queue().cancel(chain);

            BulkResult cancelled = server.queue().cancel(ChainFilter.ALL.in(Status.CANCELLED, Status.COMPLETED), ALL);
            BulkResult retried = server.queue().retry(ChainFilter.ALL, ALL);

            assertThat(List.of(cancelled, retried)).containsOnly(new BulkResult(List.of(), List.of(), null));
        }
    }

    @Test
    default void aBulkCancellationThatIsRolledBackNeverHappened() {
        try (TestServer server = still()) {
            List<ChainId> chains = startMany(server, 2);

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> harness().transactions().inNew(null, () -> {
                        assertThat(server.queue().cancel(ChainFilter.ALL, ALL).changed())
                                .hasSize(2);
                        throw new IllegalStateException("rolled back");
                    }));

            assertThat(server.events.cancelled).isEmpty();
            assertThat(chain(chains.get(0)).job().status()).isEqualTo(Status.PENDING);
        }
    }

    @Test
    default void aChainThatGotOverOrWasDeletedMeanwhileIsPassedOver() {
        try (TestServer server = still()) {
            List<ChainId> chains = startMany(server, 3);
            betweenReadingAndLocking(server, () -> {
                completeFromOutside(chains.get(0), "\"done\"");
                doInTransaction(() -> store().delete(Set.of(chains.get(1)), Cascade.NONE));
            });

            BulkResult result = server.queue().cancel(ChainFilter.ALL, ALL);

            assertThat(chains(result)).containsExactly(chains.get(2));
            assertThat(result.passedOver())
                    .extracting(PassedOver::chainId)
                    .containsExactlyInAnyOrder(chains.get(0), chains.get(1));
            assertThat(result.passedOver())
                    .extracting(PassedOver::reason)
                    .hasAtLeastOneElementOfType(AlreadyOverException.class)
                    .hasAtLeastOneElementOfType(ChainNotFoundException.class);
            assertThat(chain(chains.get(0)).job().status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    default void aTransactionThatIsRepeatedTellsOnceWhatItPassesOver() {
        try (TestServer server = still()) {
            List<ChainId> chains = startMany(server, 2);
            betweenReadingAndLocking(server, () -> completeFromOutside(chains.get(0), "\"done\""));
            server.store.disturb("cancel", call -> {
                call.proceed();
                server.store.leave("cancel");
                throw new StoreUnavailableException("a conflict", true, new IllegalStateException());
            });

            BulkResult result = server.queue().cancel(ChainFilter.ALL, ALL);

            assertThat(chains(result)).containsExactly(chains.get(1));
            assertThat(result.passedOver()).extracting(PassedOver::chainId).containsExactly(chains.get(0));
        }
    }

    @Test
    default void aChainThatIsContinuedMeanwhileIsCancelledAtItsNextJob() {
        try (TestServer server = still()) {
            ChainId chain = server.queue().start(new Decide("a")).id();
            betweenReadingAndLocking(
                    server,
                    () -> server.queue().complete(chain, Decide.class, input -> Outcome.continueWith(new Next(1, 2))));

            BulkResult result = server.queue().cancel(ChainFilter.ALL, ALL);

            assertThat(result.changed()).extracting(Job::type).containsExactly("next");
            assertThat(chain(chain).job()).matches(job -> job.status() == Status.CANCELLED && job.position() == 1);
        }
    }

    @Test
    default void chainsContinuedAndCancelledInBulkAtOnceAreAllCancelled() {
        try (TestServer server = still()) {
            for (int round = 0; round < 5; round++) {
                ChainId chain = server.queue().start(new Decide("a")).id();
                Callable<Integer> continuation = () -> {
                    server.queue().complete(chain, Decide.class, input -> Outcome.continueWith(new Next(1, 2)));
                    return 0;
                };
                Callable<Integer> cancellation = () ->
                        server.queue().cancel(ChainFilter.ALL, ALL).changed().size();

                List<Ending<Integer>> endings = atOnce().racing(List.of(continuation, cancellation));

                assertThat(endings.get(1).committed()).isEqualTo(1);
                assertThat(chain(chain).job().status()).isEqualTo(Status.CANCELLED);
            }
        }
    }

    @Test
    default void aChainThatBeganToRunMeanwhileIsNoLongerAPendingOne() {
        try (TestServer server = still()) {
            ChainId chain = startMany(server, 1).get(0);
            for (Function<ChainFilter, BulkResult> verb : List.<Function<ChainFilter, BulkResult>>of(
                    filter -> server.queue().cancel(filter, ALL),
                    filter -> server.queue().delete(filter, Cascade.NONE, ALL))) {
                betweenReadingAndLocking(server, () -> acquireAll(worker(), "work"));

                BulkResult result = verb.apply(ChainFilter.ALL.in(Status.PENDING));

                assertThat(result.changed()).isEmpty();
                assertThat(result.passedOver())
                        .singleElement()
                        .satisfies(passed -> assertThat(passed.reason())
                                .isInstanceOfSatisfying(
                                        StatusChangedException.class,
                                        e -> assertThat(e.status()).isEqualTo(Status.RUNNING)));
                assertThat(chain(chain).job().status()).isEqualTo(Status.RUNNING);
                doInTransaction(() -> store().giveBack(List.of(chain(chain).token())));
            }
        }
    }

    @Test
    default void twoBulkRetriesAtOnceRetryEachChainOnce() {
        try (TestServer server = still()) {
            startMany(server, 20);
            failAll("work");
            Callable<Integer> retrial =
                    () -> server.queue().retry(ChainFilter.ALL, ALL).changed().size();

            List<Ending<Integer>> endings = atOnce().overlapping(List.of(retrial, retrial));

            assertThat(endings).extracting(Ending::error).containsOnlyNulls();
            assertThat(endings.get(0).committed() + endings.get(1).committed()).isEqualTo(20);
            assertThat(server.events.retried).hasSize(20);
            assertThat(acquireAll(worker(), "work")).hasSize(20);
        }
    }

    @Test
    default void ofFailedChainsWithOneKeyTheNewestIsRetriedAndALoopComesToItsEnd() {
        try (TestServer server = still()) {
            StartOptions keyed = StartOptions.NONE.deduplicatedBy(Deduplication.whileIncomplete("k"));
            List<ChainId> chains = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                chains.add(server.queue().start(new Work("a"), keyed).id());
                failAll("work");
                advance(Duration.ofSeconds(1));
            }

            List<BulkResult> results = loop(1, page -> server.queue().retry(ChainFilter.ALL, page));

            assertThat(results).hasSize(3);
            assertThat(chains(results.get(0))).containsExactly(chains.get(2));
            assertThat(results.subList(1, 3))
                    .allSatisfy(result -> assertThat(result.passedOver())
                            .singleElement()
                            .satisfies(passed -> assertThat(passed.reason())
                                    .isInstanceOfSatisfying(
                                            KeyHeldException.class,
                                            e -> assertThat(e.holder()).isEqualTo(chains.get(2)))));
        }
    }

    @Test
    default void aBulkDeletionLeavesWhatOthersNeedAndNamesThem() {
        try (TestServer server = still()) {
            Chain<String> needed = server.queue().start(new Work("needed"));
            Chain<String> waiting = server.queue().start(new Join("a"), StartOptions.NONE.blockedBy(needed.id()));
            List<ChainId> free = startMany(server, 2);

            BulkResult result = server.queue().delete(ChainFilter.ALL.ofType("work"), Cascade.NONE, ALL);

            assertThat(chains(result)).containsExactlyInAnyOrderElementsOf(free);
            assertThat(result.passedOver())
                    .singleElement()
                    .satisfies(passed -> assertThat(passed.reason())
                            .isInstanceOfSatisfying(
                                    BlockerInUseException.class,
                                    e -> assertThat(e.references())
                                            .containsExactly(new BlockerInUseException.Reference(
                                                    needed.id(),
                                                    waiting.lastJob().id()))));
            assertThat(server.events.deleted).extracting(Job::chainId).containsExactlyInAnyOrderElementsOf(free);

            BulkResult both = server.queue().delete(ChainFilter.ALL.ofType("join"), Cascade.BLOCKERS, ALL);

            assertThat(chains(both)).containsExactlyInAnyOrder(needed.id(), waiting.id());
        }
    }
}
