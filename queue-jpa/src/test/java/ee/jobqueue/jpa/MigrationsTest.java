package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables come into being once, whoever starts and how many at once. */
class MigrationsTest {

    private static final int SERVERS = 8;

    @ParameterizedTest
    @EnumSource
    void anEmptyDatabaseIsMigratedAndTheMigrationsAreRecorded(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create()) {
            migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());
            migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());

            assertThat(applied(database.dataSource())).isEqualTo(Migrations.NAMES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChainsOfAnEarlierVersionKnowTheirKeysAfterwards(SqlDatabase kind) throws Exception {
        UUID keyed = UUID.randomUUID();
        UUID plain = UUID.randomUUID();
        try (TestDatabase database = kind.create()) {
            migratedUpTo(1, kind, database);
            for (UUID chain : List.of(keyed, plain)) {
                database.execute("""
                        INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued,
                            awaited, type, status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at)
                        VALUES ('%1$s', '%1$s', 'a', CURRENT_TIMESTAMP, 0, FALSE, FALSE, 'a', 'PENDING', '{}', 0, 0, 0,
                            FALSE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
                        """.formatted(chain));
            }
            database.execute("INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)"
                    + " VALUES ('a', 'k', '" + keyed + "')");

            migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());

            assertThat(applied(database.dataSource())).isEqualTo(Migrations.NAMES);
            assertThat(column(
                            database.dataSource(),
                            "SELECT deduplication_key FROM jobqueue_job WHERE id = '" + keyed + "'"))
                    .containsExactly("k");
            assertThat(column(
                            database.dataSource(),
                            "SELECT deduplication_key FROM jobqueue_job WHERE id = '" + plain + "'"))
                    .containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseOfAnyEarlierVersionIsBroughtUpToDateWithItsRows(SqlDatabase kind) throws Exception {
        for (int version = 1; version < Migrations.NAMES.size(); version++) {
            try (TestDatabase database = kind.create()) {
                migratedUpTo(version, kind, database);
                database.execute("INSERT INTO jobqueue_worker (id, name, started_at, lease_until) VALUES ('"
                        + UUID.randomUUID() + "', 'a server', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");

                migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());

                assertThat(applied(database.dataSource())).isEqualTo(Migrations.NAMES);
                database.execute("UPDATE jobqueue_worker SET types = 'a', concurrency = concurrency + 1");
            }
        }
    }

    /** Brings an empty database to where an earlier version left it. */
    private static void migratedUpTo(int version, SqlDatabase kind, TestDatabase database) throws SQLException {
        new Migrations(kind.dialect(), Migrations.Mode.APPLY, TableNames.DEFAULT, Migrations.NAMES.subList(0, version))
                .run(database.dataSource());
    }

    @ParameterizedTest
    @EnumSource
    void serversThatStartAtOnceApplyEachMigrationOnce(SqlDatabase kind) throws Exception {
        try (TestDatabase database = kind.create()) {
            CyclicBarrier start = new CyclicBarrier(SERVERS);
            Callable<Boolean> server = () -> {
                start.await(30, TimeUnit.SECONDS);
                migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());
                return true;
            };
            ExecutorService servers = Executors.newFixedThreadPool(SERVERS);
            try {
                List<Future<Boolean>> started = new ArrayList<>();
                for (int i = 0; i < SERVERS; i++) {
                    started.add(servers.submit(server));
                }
                for (Future<Boolean> future : started) {
                    assertThat(future.get(60, TimeUnit.SECONDS)).isTrue();
                }
            } finally {
                servers.shutdownNow();
            }

            assertThat(applied(database.dataSource())).isEqualTo(Migrations.NAMES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatANewerVersionMigratedIsRefused(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create()) {
            migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());
            database.execute(
                    "INSERT INTO jobqueue_migration (name, applied_at) VALUES ('29990101000000_new', CURRENT_TIMESTAMP)");

            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> migrations(kind, Migrations.Mode.APPLY).run(database.dataSource()))
                    .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.migrations"))
                    .withMessageContaining("29990101000000_new");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withCheckMissingMigrationsAreRefusedAndNothingIsWritten(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create()) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> migrations(kind, Migrations.Mode.CHECK).run(database.dataSource()))
                    .withMessageContaining(Migrations.NAMES.get(0));
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> applied(database.dataSource()));

            migrations(kind, Migrations.Mode.APPLY).run(database.dataSource());
            migrations(kind, Migrations.Mode.CHECK).run(database.dataSource());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withOffNothingIsLookedAt(SqlDatabase kind) throws SQLException {
        try (TestDatabase database = kind.create()) {
            migrations(kind, Migrations.Mode.OFF).run(database.dataSource());

            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> applied(database.dataSource()));
        }
    }

    /** H2 evaluates some constraints in the session that made them, also after its end. */
    @Test
    void theTablesOutliveTheConnectionThatMadeThem() throws Exception {
        JdbcDataSource unpooled = new JdbcDataSource();
        unpooled.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        LocalTransactions transactions = new LocalTransactions();
        try (JpaJobStore store = new JpaJobStore(
                new LocalDatabase(unpooled, transactions), JpaSettings.read(property -> Optional.empty()))) {
            store.prepare();

            transactions.inNew(
                    null, () -> store.start(List.of(new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null))));

            assertThat(store.jobs(JobFilter.ALL, PageRequest.first(10)).entries())
                    .hasSize(1);
        }
    }

    private static Migrations migrations(SqlDatabase kind, Migrations.Mode mode) {
        return new Migrations(kind.dialect(), mode, TableNames.DEFAULT);
    }

    private static List<String> applied(DataSource dataSource) throws SQLException {
        return column(dataSource, "SELECT name FROM jobqueue_migration WHERE applied_at IS NOT NULL ORDER BY name");
    }

    private static List<String> column(DataSource dataSource, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
