package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.Blocker;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.OnFailure;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several applications on one database, each with tables of its own. */
class NamespaceTest {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final ChainId CHAIN = new ChainId(ID.toString());
    private static final Map<String, String> SHOP = Map.of("jobqueue.namespace", "shop");
    private static final Map<String, String> OFFICE = Map.of("jobqueue.namespace", "office");

    @ParameterizedTest
    @EnumSource
    void applicationsOfOneDatabaseDoNotSeeEachOther(SqlDatabase kind) {
        try (TestDatabase database = kind.create()) {
            List<Map<String, String>> settings = new ArrayList<>(List.of(SHOP, OFFICE, Map.of()));
            if (kind.dialect().hasSchemas()) {
                settings.add(Map.of("jobqueue.jpa.schema", database.createSchema()));
            }
            List<Application> all = settings.stream()
                    .map(given -> new Application(database, given))
                    .toList();

            all.forEach(Application::startUnderOneIdAndKey);
            all.forEach(Application::completeAndReadTheRest);

            Application deleting = all.get(0);
            deleting.in(() -> deleting.store.delete(Set.of(CHAIN), Cascade.NONE));
            assertThat(deleting.store.chain(CHAIN)).isEmpty();
            assertThat(all.subList(1, all.size()))
                    .allSatisfy(other -> assertThat(other.store.chain(CHAIN)).isPresent());
            all.forEach(Application::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void serversOfSeveralApplicationsMigrateOneDatabaseAtOnce(SqlDatabase kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            List<Map<String, String>> settings = new ArrayList<>(List.of(SHOP, OFFICE, SHOP, OFFICE));
            if (kind.dialect().hasSchemas()) {
                Map<String, String> inSchema = Map.of("jobqueue.jpa.schema", database.createSchema());
                settings.addAll(List.of(inSchema, inSchema));
            }
            CyclicBarrier start = new CyclicBarrier(settings.size());
            ExecutorService servers = Executors.newFixedThreadPool(settings.size());
            try {
                List<Future<Application>> started = new ArrayList<>();
                for (Map<String, String> given : settings) {
                    started.add(servers.submit(() -> {
                        start.await(30, TimeUnit.SECONDS);
                        return new Application(database, given);
                    }));
                }
                for (Future<Application> server : started) {
                    try (Application application = server.get(120, TimeUnit.SECONDS)) {
                        assertThat(application.store.counts()).isEmpty();
                    }
                }
            } finally {
                servers.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatIsNotThereIsRefusedBeforeAnythingIsMade(SqlDatabase kind) {
        try (TestDatabase database = kind.create()) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> new Application(database, Map.of("jobqueue.jpa.schema", "not_there")))
                    .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.schema"))
                    .withMessageContaining("'not_there'")
                    .withMessageContaining(kind.dialect().hasSchemas() ? "create it" : "jobqueue.jpa.table-prefix");
        }
    }

    /** A store with its own settings on a shared database. */
    private static final class Application implements AutoCloseable {

        private final LocalTransactions transactions = new LocalTransactions();
        private final JpaJobStore store;

        Application(TestDatabase database, Map<String, String> settings) {
            store = new JpaJobStore(
                    new LocalDatabase(database.dataSource(), transactions),
                    JpaSettings.read(property -> Optional.ofNullable(settings.get(property))));
            store.prepare();
        }

        void startUnderOneIdAndKey() {
            NewJob job =
                    new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, Deduplication.whileIncomplete("key"), null, ID);
            NewJob waiting = new NewJob(
                    "b",
                    "{}",
                    Schedule.NOW,
                    new Blockers(List.of(new Blocker(CHAIN, OnFailure.WAIT)), Set.of("a")),
                    null);

            assertThat(in(() -> store.start(List.of(job))).get(0).deduplicated())
                    .isFalse();
            in(() -> store.start(List.of(waiting)));
        }

        void completeAndReadTheRest() {
            WorkerId worker =
                    in(() -> store.register(new NewWorker("a server", Set.of("a"), 1), Duration.ofMinutes(1)));
            List<StoredJob> acquired =
                    in(() -> store.acquire(worker, Set.of("a", "b"), 10)).jobs();
            assertThat(acquired).extracting(job -> job.job().id().value()).containsExactly(ID.toString());
            in(() -> store.complete(acquired.get(0).token(), "1"));

            assertThat(store.workers()).hasSize(1);
            assertThat(store.jobs(JobFilter.ALL, PageRequest.first(10)).entries())
                    .hasSize(2);
            assertThat(store.chains(ChainFilter.ALL.in(Status.PENDING), PageRequest.first(10))
                            .entries())
                    .singleElement()
                    .satisfies(unblocked -> assertThat(in(() ->
                                            store.cancel(List.of(unblocked.job().chainId())))
                                    .lastJobs())
                            .hasSize(1));
        }

        <T> T in(Callable<T> work) {
            try {
                return transactions.inNew(null, work);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
