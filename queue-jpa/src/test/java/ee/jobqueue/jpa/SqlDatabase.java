package ee.jobqueue.jpa;

import java.util.function.Supplier;

/** The databases of the tests, each with what is its own. */
enum SqlDatabase {
    H2("H2", TestDatabase::h2, H2::new),
    MARIADB("MariaDB", TestDatabase::mariaDb, () -> new MariaDb(MariaDbVariant.NATIVE_IDS)),
    MARIADB_10_11(DebianServer.MARIADB_10_11, MARIADB.dialect),
    MARIADB_11_8(DebianServer.MARIADB_11_8, MARIADB.dialect),
    MYSQL(DebianServer.MYSQL, () -> new MariaDb(MariaDbVariant.MYSQL)),
    POSTGRESQL("PostgreSQL", TestDatabase::postgreSql, PostgreSql::new),
    SQLITE("SQLite", TestDatabase::sqlite, Sqlite::new);

    private final String title;
    private final Supplier<TestDatabase> database;
    private final Supplier<Dialect> dialect;

    SqlDatabase(String title, Supplier<TestDatabase> database, Supplier<Dialect> dialect) {
        this.title = title;
        this.database = database;
        this.dialect = dialect;
    }

    SqlDatabase(DebianServer server, Supplier<Dialect> dialect) {
        this(server.title(), () -> TestDatabase.debian(server), dialect);
    }

    /** A name for people. */
    String title() {
        return title;
    }

    /** A new, empty database; aborts the test where there is no server. */
    TestDatabase create() {
        return database.get();
    }

    Dialect dialect() {
        return dialect.get();
    }

    /** The store on a new database. */
    JpaHarness harness() {
        return JpaHarness.on(this);
    }
}
