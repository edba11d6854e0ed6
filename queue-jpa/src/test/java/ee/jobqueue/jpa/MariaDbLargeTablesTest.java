package ee.jobqueue.jpa;

import java.util.List;

/** On MariaDB a verb reads at most this many rows and index entries of the hundreds of thousands there are. */
class MariaDbLargeTablesTest extends LargeTablesContract {

    MariaDbLargeTablesTest() {
        super(SqlDatabase.MARIADB, RowsRead.MARIADB, 600);
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
                "ANALYZE TABLE jobqueue_job", "ANALYZE TABLE jobqueue_blocker", "ANALYZE TABLE jobqueue_deduplication");
    }
}
