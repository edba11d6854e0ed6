package ee.jobqueue.jpa;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** In MariaDB's dialect a verb reads at most this many rows and index entries of the hundreds of thousands there are. */
class MariaDbLargeTablesTest {

    abstract static class LargeTablesTest extends LargeTablesContract {

        LargeTablesTest(SqlDatabase kind) {
            super(kind, RowsRead.MARIADB, 600);
        }

        @Override
        List<String> keepStatistics() {
            return List.of(
                    "ALTER TABLE jobqueue_job STATS_AUTO_RECALC = 0",
                    "ALTER TABLE jobqueue_blocker STATS_AUTO_RECALC = 0",
                    "ALTER TABLE jobqueue_deduplication STATS_AUTO_RECALC = 0");
        }

        @Override
        List<String> makeStatistics() {
            return List.of(
                    "ANALYZE TABLE jobqueue_job",
                    "ANALYZE TABLE jobqueue_blocker",
                    "ANALYZE TABLE jobqueue_deduplication");
        }
    }

    @Nested
    class OnMariaDb extends LargeTablesTest {
        OnMariaDb() {
            super(SqlDatabase.MARIADB);
        }
    }

    @Nested
    class OnMariaDb1011 extends LargeTablesTest {
        OnMariaDb1011() {
            super(SqlDatabase.MARIADB_10_11);
        }
    }

    @Nested
    class OnMariaDb118 extends LargeTablesTest {
        OnMariaDb118() {
            super(SqlDatabase.MARIADB_11_8);
        }
    }

    @Nested
    class OnMySql extends LargeTablesTest {
        OnMySql() {
            super(SqlDatabase.MYSQL);
        }

        /** It reads all chains of a key, of which there are 5,700 here, to find the newest. */
        @Override
        long most(String verb) {
            return verb.startsWith("start with a key") ? 6_000 : super.most(verb);
        }
    }
}
