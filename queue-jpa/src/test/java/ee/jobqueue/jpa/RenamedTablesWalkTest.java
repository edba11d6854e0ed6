package ee.jobqueue.jpa;

import ee.jobqueue.conformance.RandomWalkContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** Every verb finds its tables under other names and in another schema: the store still does what the model does. */
class RenamedTablesWalkTest {

    @Nested
    class OnH2 implements RandomWalkContract {

        private static final JpaHarness HARNESS = JpaHarness.renamed(SqlDatabase.H2);

        @Override
        public JpaHarness harness() {
            return HARNESS;
        }

        @AfterAll
        static void close() {
            HARNESS.close();
        }
    }

    @Nested
    class OnMariaDb implements RandomWalkContract {

        private static final JpaHarness HARNESS = JpaHarness.renamed(SqlDatabase.MARIADB);

        @Override
        public JpaHarness harness() {
            return HARNESS;
        }

        @AfterAll
        static void close() {
            HARNESS.close();
        }
    }

    @Nested
    class OnPostgreSql implements RandomWalkContract {

        private static final JpaHarness HARNESS = JpaHarness.renamed(SqlDatabase.POSTGRESQL);

        @Override
        public JpaHarness harness() {
            return HARNESS;
        }

        @AfterAll
        static void close() {
            HARNESS.close();
        }
    }

    @Nested
    class OnSqlite implements RandomWalkContract {

        private static final JpaHarness HARNESS = JpaHarness.renamed(SqlDatabase.SQLITE);

        @Override
        public JpaHarness harness() {
            return HARNESS;
        }

        @AfterAll
        static void close() {
            HARNESS.close();
        }
    }
}
