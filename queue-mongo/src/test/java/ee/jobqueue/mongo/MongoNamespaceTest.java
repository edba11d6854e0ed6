package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Subscription;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Several applications on one database, each with collections of its own. */
class MongoNamespaceTest {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final ChainId CHAIN = new ChainId(ID.toString());
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Map<String, String> SHOP = Map.of("jobqueue.namespace", "shop");
    private static final Map<String, String> OFFICE = Map.of("jobqueue.namespace", "office");

    @Test
    void theNamespaceComesAfterThePrefix() {
        assertThat(read(Map.of()).collectionPrefix()).isEqualTo("jobqueue_");
        assertThat(read(SHOP).collectionPrefix()).isEqualTo("jobqueue_shop_");
        assertThat(read(Map.of("jobqueue.namespace", "shop", MongoSettings.COLLECTION_PREFIX, "own."))
                        .collectionPrefix())
                .isEqualTo("own.shop_");
    }

    @Test
    void aWrongNamespaceIsRefusedByItsName() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.namespace", "my_shop")))
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.namespace"));
    }

    @Test
    void applicationsOfOneDatabaseDoNotSeeEachOther() throws Exception {
        try (MongoClient client = MongoClients.create(MongoServer.replicaSet().uri())) {
            MongoTransactions transactions = new MongoTransactions(client, "jobqueue_" + new ObjectId());
            List<Application> all = List.of(
                    new Application(transactions, SHOP),
                    new Application(transactions, OFFICE),
                    new Application(transactions, Map.of()));
            try {
                for (Application application : all) {
                    application.startUnderOneIdAndKey();
                }
                for (Application application : all) {
                    application.completeAndReadTheRest();
                }
                Application deleting = all.get(0);
                deleting.in(() -> deleting.store.delete(Set.of(CHAIN), Cascade.NONE));

                assertThat(deleting.store.chain(CHAIN)).isEmpty();
                assertThat(all.subList(1, 3))
                        .allSatisfy(
                                other -> assertThat(other.store.chain(CHAIN)).isPresent());
            } finally {
                transactions.database().drop();
            }
        }
    }

    @Test
    void anApplicationIsNotToldOfTheOthersJobs() throws Exception {
        try (MongoClient client = MongoClients.create(MongoServer.replicaSet().uri())) {
            MongoTransactions transactions = new MongoTransactions(client, "jobqueue_" + new ObjectId());
            Application shop = new Application(transactions, SHOP);
            Application office = new Application(transactions, OFFICE);
            try (Subscription subscription = shop.notifier.subscribe(Duration.ofMillis(200))) {
                office.start("of the office", null);
                shop.start("of the shop", null);

                Set<String> due = new HashSet<>();
                long deadline = System.nanoTime() + DEADLINE.toNanos();
                while (due.isEmpty() && System.nanoTime() < deadline) {
                    due.addAll(subscription.next().due());
                }
                assertThat(due).containsExactly("of the shop");
            } finally {
                transactions.database().drop();
            }
        }
    }

    private static MongoSettings read(Map<String, String> settings) {
        return MongoSettings.read(property -> Optional.ofNullable(settings.get(property)));
    }

    /** A store and a notifier with settings of their own on a shared database. */
    private static final class Application {

        private final MongoTransactions transactions;
        private final MongoJobStore store;
        private final ChangeStreamNotifier notifier;

        Application(MongoTransactions transactions, Map<String, String> settings) {
            this.transactions = transactions;
            this.store = new MongoJobStore(transactions, read(settings));
            this.notifier =
                    new ChangeStreamNotifier(transactions, read(settings).collectionPrefix());
            store.prepare();
        }

        void start(String type, UUID id) throws Exception {
            Deduplication deduplication = Deduplication.whileIncomplete("key");
            NewJob job = new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, deduplication, null, id);

            assertThat(in(() -> store.start(List.of(job))).get(0).deduplicated())
                    .isFalse();
        }

        void startUnderOneIdAndKey() throws Exception {
            start("a", ID);
        }

        void completeAndReadTheRest() throws Exception {
            WorkerId worker = store.register(new NewWorker("a server", Set.of("a"), 1), Duration.ofMinutes(1));
            List<StoredJob> acquired = store.acquire(worker, Set.of("a"), 10).jobs();
            assertThat(acquired).extracting(job -> job.job().id().value()).containsExactly(ID.toString());
            in(() -> store.complete(acquired.get(0).token(), "1"));

            assertThat(store.workers()).hasSize(1);
            assertThat(store.jobs(JobFilter.ALL, PageRequest.first(10)).entries())
                    .hasSize(1);
        }

        <T> T in(Callable<T> work) throws Exception {
            return transactions.inNew(null, work);
        }
    }
}
