package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import ee.jobqueue.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The migrations of an empty database, of one that was migrated already, and of one of a newer version. */
class MigrationsTest {

    private MongoClient client;
    private MongoTransactions provider;
    private Opened opened;

    @BeforeEach
    void openAnEmptyDatabase() {
        client = MongoClients.create(MongoServer.replicaSet().uri());
        provider = new MongoTransactions(client, "jobqueue_migrations_" + new ObjectId());
        opened = new Opened(provider, "queue_");
    }

    @AfterEach
    void dropIt() {
        provider.database().drop();
        client.close();
    }

    private List<String> applied() {
        List<String> names = new ArrayList<>();
        opened.migrations().find().forEach(migration -> {
            assertThat(migration.getDate(Fields.APPLIED_AT)).isNotNull();
            names.add(migration.getString(Fields.ID));
        });
        return names;
    }

    private static List<String> all() {
        return Migrations.ALL.stream().map(Migrations.Migration::name).toList();
    }

    @Test
    void whatIsMissingIsAppliedOnceUnderThePrefix() {
        new Migrations(Migrations.Mode.APPLY).run(opened);
        new Migrations(Migrations.Mode.APPLY).run(opened);

        assertThat(applied()).isEqualTo(all());
        assertThat(provider.database().listCollectionNames())
                .contains("queue_job", "queue_deduplication", "queue_worker", "queue_sweep", "queue_migration")
                .allMatch(name -> name.startsWith("queue_"));
    }

    @Test
    void checkingNamesWhatIsMissingAndChangesNothing() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new Migrations(Migrations.Mode.CHECK).run(opened))
                .withMessageContaining(all().get(0));
        assertThat(provider.database().listCollectionNames()).isEmpty();

        new Migrations(Migrations.Mode.APPLY).run(opened);
        new Migrations(Migrations.Mode.CHECK).run(opened);
    }

    @Test
    void aDatabaseOfANewerVersionIsRefused() {
        opened.migrations().insertOne(new Document(Fields.ID, "29991231000000_later"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new Migrations(Migrations.Mode.APPLY).run(opened))
                .withMessageContaining("29991231000000_later");
    }

    @Test
    void withoutMigrationsNothingIsLookedAt() {
        opened.migrations().insertOne(new Document(Fields.ID, "29991231000000_later"));

        new Migrations(Migrations.Mode.OFF).run(opened);

        assertThat(names()).containsExactly("29991231000000_later");
    }

    private List<String> names() {
        return opened.migrations()
                .find()
                .map(migration -> migration.getString(Fields.ID))
                .into(new ArrayList<>());
    }

    @Test
    void severalServersThatStartAtOnceApplyEachOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(4);
        ExecutorService servers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int server = 0; server < 4; server++) {
                ends.add(servers.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    new Migrations(Migrations.Mode.APPLY).run(opened);
                    return true;
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            servers.shutdownNow();
        }

        assertThat(applied()).isEqualTo(all());
        assertThat(opened.sweep().countDocuments()).isEqualTo(1);
    }
}
