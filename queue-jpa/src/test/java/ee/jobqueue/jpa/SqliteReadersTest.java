package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

/** What goes through the one connection that writes and what through the readers, and which readers are refused. */
class SqliteReadersTest {

    private static final JpaHarness HARNESS = JpaHarness.sqliteWithReaders();

    private final JobStore store = HARNESS.store();

    @AfterAll
    static void close() {
        HARNESS.close();
    }

    @BeforeEach
    void clear() {
        HARNESS.clear();
    }

    @Test
    void whatReadsOutsideOfATransactionDoesNotNeedTheWriter() throws Exception {
        StoredJob committed = HARNESS.transactions().inNew(null, this::start);

        int seen = HARNESS.transactions().inNew(null, () -> {
            start();
            HARNESS.takeExecuted();
            // the writer's only connection is lent to this transaction, which has written
            return CompletableFuture.supplyAsync(() -> read(committed)).get(10, TimeUnit.SECONDS);
        });

        assertThat(seen).as("what was committed").isEqualTo(1);
        assertThat(HARNESS.takeExecuted()).as("statements of the writer").isEmpty();
    }

    @Test
    void whatReadsInATransactionSeesWhatThatHasWritten() throws Exception {
        int seen = HARNESS.transactions().inNew(null, () -> read(start()));

        assertThat(seen).isEqualTo(1);
    }

    /** Calls each verb that reads; answers how many jobs there are. */
    private int read(StoredJob job) {
        assertThat(store.job(job.job().id())).isPresent();
        assertThat(store.chain(job.job().chainId())).isPresent();
        assertThat(store.jobs(job.job().chainId())).hasSize(1);
        assertThat(store.blockers(job.job().id())).isEmpty();
        assertThat(store.workers()).isEmpty();
        assertThat(store.oldestDue()).hasSize(1);
        assertThat(store.counts()).hasSize(1);
        assertThat(store.chains(ChainFilter.ALL, PageRequest.first(10)).entries())
                .hasSize(1);
        return store.jobs(JobFilter.ALL, PageRequest.first(10)).entries().size();
    }

    private StoredJob start() {
        return store.start(List.of(new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null)))
                .get(0)
                .lastJob();
    }

    @Test
    void readersOfAnotherFileAreRefusedByTheirNames() {
        SQLiteDataSource other = TestDatabase.sqliteFile();
        try (TestDatabase database = TestDatabase.sqlite()) {
            assertRefused(database, other, "give both the same file");
        }
    }

    @Test
    void readersThatCouldWriteAreRefused() {
        try (TestDatabase database = TestDatabase.sqlite()) {
            SQLiteDataSource readers = database.readers();
            readers.setReadOnly(false);

            assertRefused(database, readers, "readOnly=\"true\"");
        }
    }

    @Test
    void readersWithoutABusyTimeoutAreRefused() {
        try (TestDatabase database = TestDatabase.sqlite()) {
            SQLiteDataSource readers = database.readers();
            readers.setBusyTimeout(0);

            assertRefused(database, readers, "busyTimeout");
        }
    }

    @Test
    void readersOfAnotherDatabaseAreRefusedAndSoAreReadersBesideAnyOther() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:readers");
        try (TestDatabase sqlite = TestDatabase.sqlite();
                TestDatabase file = TestDatabase.h2()) {
            assertRefused(sqlite, h2, "leads to H2");
            assertRefused(file, h2, "is for SQLite");
        }
    }

    private static void assertRefused(TestDatabase database, DataSource readers, String need) {
        JpaJobStore refusing = new JpaJobStore(
                new LocalDatabase(database.dataSource(), readers, new LocalTransactions()),
                JpaSettings.read(property -> Optional.empty()));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(refusing::prepare)
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.reader-data-source"))
                .withMessageContaining(need);
    }
}
