package ee.jobqueue.jpa;

/** The databases of the tests, each with what is its own. */
enum SqlDatabase {
    H2 {
        @Override
        TestDatabase create() {
            return TestDatabase.h2();
        }

        @Override
        Dialect dialect() {
            return new H2();
        }
    },
    MARIADB {
        @Override
        TestDatabase create() {
            return TestDatabase.mariaDb();
        }

        @Override
        Dialect dialect() {
            return new MariaDb(MariaDbVariant.NATIVE_IDS);
        }
    },
    POSTGRESQL {
        @Override
        TestDatabase create() {
            return TestDatabase.postgreSql();
        }

        @Override
        Dialect dialect() {
            return new PostgreSql();
        }
    },
    SQLITE {
        @Override
        TestDatabase create() {
            return TestDatabase.sqlite();
        }

        @Override
        Dialect dialect() {
            return new Sqlite();
        }
    };

    /** A new, empty database. */
    abstract TestDatabase create();

    abstract Dialect dialect();

    /** The store on a new database. */
    JpaHarness harness() {
        return switch (this) {
            case H2 -> JpaHarness.h2();
            case MARIADB -> JpaHarness.mariaDb();
            case POSTGRESQL -> JpaHarness.postgreSql();
            case SQLITE -> JpaHarness.sqlite();
        };
    }
}
