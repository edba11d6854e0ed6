package ee.jobqueue.jpa;

import ee.jobqueue.conformance.RandomWalkContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Every verb finds its tables under other names and in another schema: the store still does what the model does. */
class RenamedTablesWalkTest {

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Walk implements RandomWalkContract {

        private final JpaHarness harness;

        Walk(SqlDatabase kind) {
            this.harness = JpaHarness.renamed(kind);
        }

        @Override
        public JpaHarness harness() {
            return harness;
        }

        @AfterAll
        void close() {
            harness.close();
        }
    }

    @Nested
    class OnH2 extends Walk {
        OnH2() {
            super(SqlDatabase.H2);
        }
    }

    @Nested
    class OnMariaDb extends Walk {
        OnMariaDb() {
            super(SqlDatabase.MARIADB);
        }
    }

    @Nested
    class OnPostgreSql extends Walk {
        OnPostgreSql() {
            super(SqlDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnSqlite extends Walk {
        OnSqlite() {
            super(SqlDatabase.SQLITE);
        }
    }
}
