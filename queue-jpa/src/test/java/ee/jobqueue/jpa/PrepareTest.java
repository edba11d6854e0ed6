package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.Schedule;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** What the store says when it cannot work. */
class PrepareTest {

    private static final JpaSettings SETTINGS = JpaSettings.read(property -> Optional.empty());

    @Test
    void aDataSourceThatIsNotThereIsRefusedByItsName() {
        JpaJobStore store =
                new JpaJobStore(new JndiDatabase(read("jobqueue.jpa.data-source", "jdbc/missing")), SETTINGS);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store::prepare)
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.data-source"))
                .withMessageContaining("jdbc/missing");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new JndiDatabase(read("jobqueue.jpa.reader-data-source", "jdbc/absent")).readers())
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.reader-data-source"))
                .withMessageContaining("jdbc/absent");
    }

    private static JpaSettings read(String setting, String value) {
        return JpaSettings.read(property -> property.equals(setting) ? Optional.of(value) : Optional.empty());
    }

    @Test
    void anUnsupportedDatabaseIsRefusedByItsNameAndVersion() {
        JpaJobStore store = store(database("Apache Derby", "10.17.1.0", 10, 17));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store::prepare)
                .withMessageContaining("Apache Derby 10.17.1.0")
                .withMessageContaining("PostgreSQL 13");
    }

    @Test
    void aVersionThatIsTooOldIsRefused() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(database("PostgreSQL", "12.4", 12, 4))::prepare)
                .withMessageContaining("PostgreSQL 12.4");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(database("H2", "2.1.214", 2, 1))::prepare)
                .withMessageContaining("H2 2.1.214");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(database("MariaDB", "10.5.19-MariaDB", 10, 5))::prepare)
                .withMessageContaining("MariaDB 10.5.19");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(database("MySQL", "8.0.18-log", 8, 0))::prepare)
                .withMessageContaining("MySQL 8.0.18");
    }

    @Test
    void mariaDbInAnotherIsolationThanReadCommittedIsRefused() throws SQLException {
        DataSource repeatable =
                new MariaDbDataSource(MariaDbServer.url("").replace("READ_COMMITTED", "REPEATABLE_READ"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(repeatable)::prepare)
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.data-source"))
                .withMessageContaining("READ COMMITTED");
    }

    @Test
    void sqliteWithoutTheSettingsThatItNeedsIsRefusedByTheirNames() {
        assertRefused(sqlite -> sqlite.setJournalMode("DELETE"), "journalMode=\"WAL\"");
        assertRefused(sqlite -> sqlite.setBusyTimeout(0), "busyTimeout");
        assertRefused(sqlite -> sqlite.setEnforceForeignKeys(false), "enforceForeignKeys=\"true\"");
    }

    private static void assertRefused(Consumer<SQLiteDataSource> change, String need) {
        SQLiteDataSource sqlite = TestDatabase.sqliteFile();
        change.accept(sqlite);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(store(sqlite)::prepare)
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.data-source"))
                .withMessageContaining(need);
    }

    @Test
    void aDatabaseThatIsDownIsUnavailableAndMayBeTriedAgain() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setURL("jdbc:postgresql://localhost:1/none?user=nobody&password=none");

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(store(nobody)::prepare)
                .satisfies(e -> assertThat(e.isTransient()).isFalse())
                .withMessageContaining("java:comp/DefaultDataSource");
    }

    @Test
    void aStoreThatIsNotPreparedIsUnavailable() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store(new PGSimpleDataSource()).chain(new ChainId("any")));
    }

    @Test
    void anIdThatIsNoUuidIsRefusedBeforeAnyStatement() {
        try (JpaHarness harness = JpaHarness.h2()) {
            harness.takeExecuted();

            assertThatExceptionOfType(InvalidIdException.class)
                    .isThrownBy(() -> harness.store().chain(new ChainId("1-1-1-1-1")));
            assertThat(harness.takeExecuted()).isEmpty();
        }
    }

    @Test
    void whatWritesNeedsATransaction() {
        try (JpaHarness harness = JpaHarness.h2()) {
            NewJob job = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null);
            harness.takeExecuted();

            assertThatIllegalStateException()
                    .isThrownBy(() -> harness.store().start(List.of(job)))
                    .withMessageContaining("transaction");
            assertThat(harness.takeExecuted()).isEmpty();
        }
    }

    private static JpaJobStore store(DataSource dataSource) {
        return new JpaJobStore(new LocalDatabase(dataSource, new LocalTransactions()), SETTINGS);
    }

    /** A data source whose connections know only what they are connected to. */
    private static DataSource database(String name, String version, int major, int minor) {
        DatabaseMetaData metaData = answering(DatabaseMetaData.class, method -> switch (method) {
            case "getDatabaseProductName" -> name;
            case "getDatabaseProductVersion" -> version;
            case "getDatabaseMajorVersion" -> major;
            case "getDatabaseMinorVersion" -> minor;
            default -> throw new UnsupportedOperationException(method);
        });
        Connection connection =
                answering(Connection.class, method -> method.equals("getMetaData") ? metaData : "closed");
        return answering(DataSource.class, method -> connection);
    }

    private static <T> T answering(Class<T> type, Function<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.apply(method.getName());
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
