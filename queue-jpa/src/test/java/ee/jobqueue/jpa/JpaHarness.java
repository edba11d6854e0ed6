package ee.jobqueue.jpa;

import ee.jobqueue.spi.JobStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The SQL store in Java SE, on a database of its own.
 *
 * @since 0.1
 */
public final class JpaHarness extends SqlHarness {

    private static final JpaSettings DEFAULTS = JpaSettings.read(property -> Optional.empty());

    private final TestDatabase database;
    private final CountingDataSource counting;
    private final LocalTransactions transactions = new LocalTransactions();
    private final JpaJobStore store;

    private final List<JdbcConnectionPool> ownPools;

    private JpaHarness(String name, TestDatabase database, Dialect dialect) {
        this(name, database, dialect, Map.of());
    }

    private JpaHarness(String name, TestDatabase database, Dialect dialect, Map<String, String> settings) {
        this(
                name,
                database,
                dialect,
                JpaSettings.read(property -> Optional.ofNullable(settings.get(property))),
                database.dataSource(),
                null,
                List.of());
    }

    private JpaHarness(
            String name,
            TestDatabase database,
            Dialect dialect,
            JpaSettings settings,
            DataSource writer,
            @Nullable DataSource readers,
            List<JdbcConnectionPool> ownPools) {
        super(name, database.dataSource(), dialect, settings.tables());
        this.database = database;
        this.counting = new CountingDataSource(writer);
        this.ownPools = ownPools;
        this.store = new JpaJobStore(new LocalDatabase(counting.dataSource(), readers, transactions), settings);
        store.prepare();
    }

    /** On a new database of a kind; aborts the test where there is no server. */
    static JpaHarness on(SqlDatabase kind) {
        return new JpaHarness(kind.title(), kind.create(), kind.dialect());
    }

    /**
     * On a file of H2.
     *
     * @return the harness
     */
    public static JpaHarness h2() {
        return on(SqlDatabase.H2);
    }

    /**
     * On PostgreSQL.
     *
     * @return the harness
     */
    public static JpaHarness postgreSql() {
        return on(SqlDatabase.POSTGRESQL);
    }

    /**
     * On MariaDB.
     *
     * @return the harness
     */
    public static JpaHarness mariaDb() {
        return on(SqlDatabase.MARIADB);
    }

    /**
     * On MariaDB, with tables as MariaDB 10.6 has them, where ids are texts.
     *
     * @return the harness
     */
    public static JpaHarness mariaDbWithTextIds() {
        TestDatabase database = TestDatabase.mariaDb();
        Dialect dialect = new MariaDb(MariaDbVariant.TEXT_IDS);
        try {
            new Migrations(dialect, Migrations.Mode.APPLY, TableNames.DEFAULT).run(database.dataSource());
        } catch (SQLException e) {
            throw new IllegalStateException("the tables could not be made", e);
        }
        return new JpaHarness("MariaDB with text ids", database, dialect);
    }

    /** On MySQL by its own driver. */
    static JpaHarness mySqlByItsOwnDriver() {
        return new JpaHarness(
                "MySQL by its own driver", TestDatabase.mySqlByItsOwnDriver(), SqlDatabase.MYSQL.dialect());
    }

    /**
     * On a file of SQLite.
     *
     * @return the harness
     */
    public static JpaHarness sqlite() {
        return on(SqlDatabase.SQLITE);
    }

    /**
     * On a file of SQLite, with one connection for all that writes and others that can only read.
     *
     * @return the harness
     */
    public static JpaHarness sqliteWithReaders() {
        TestDatabase database = TestDatabase.sqlite();
        JdbcConnectionPool writer = database.oneWriter();
        JdbcConnectionPool readers = JdbcConnectionPool.create(database.readers());
        return new JpaHarness(
                "SQLite with readers", database, new Sqlite(), DEFAULTS, writer, readers, List.of(writer, readers));
    }

    /** On a file of SQLite, whose connections fail when they wait longer for a lock. */
    static JpaHarness sqliteWaitingFor(Duration patience) {
        TestDatabase database = TestDatabase.sqlite();
        JdbcConnectionPool pool = database.waitingFor(patience);
        return new JpaHarness("SQLite, impatient", database, new Sqlite(), DEFAULTS, pool, null, List.of(pool));
    }

    /** On a database that is there already, such as another process has made. */
    static JpaHarness at(SqlDatabase kind, String url) throws SQLException {
        return new JpaHarness(kind.name(), TestDatabase.at(url), kind.dialect());
    }

    /** The same, in tables of other names, and in another schema where there are any. */
    static JpaHarness renamed(SqlDatabase kind) {
        TestDatabase database = kind.create();
        Map<String, String> settings = new HashMap<>(Map.of(
                "jobqueue.namespace", "shop",
                "jobqueue.jpa.table-prefix", "q_"));
        if (kind.dialect().hasSchemas()) {
            settings.put("jobqueue.jpa.schema", database.createSchema());
        }
        return new JpaHarness(kind + " with other names", database, kind.dialect(), settings);
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public LocalTransactions transactions() {
        return transactions;
    }

    /** Where the store's rows are. */
    TestDatabase database() {
        return database;
    }

    /** The statements of the store since this was last asked. */
    List<String> takeExecuted() {
        return counting.takeExecuted();
    }

    @Override
    public void close() {
        store.close();
        ownPools.forEach(JdbcConnectionPool::dispose);
        database.close();
    }
}
