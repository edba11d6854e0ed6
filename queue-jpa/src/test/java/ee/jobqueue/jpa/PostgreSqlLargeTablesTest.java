package ee.jobqueue.jpa;

import java.util.List;

/** On PostgreSQL a verb reads at most this many pages of tables that have tens of thousands. */
class PostgreSqlLargeTablesTest extends LargeTablesContract {

    PostgreSqlLargeTablesTest() {
        super(SqlDatabase.POSTGRESQL, RowsRead.POSTGRESQL, 1_000);
    }

    @Override
    List<String> keepStatistics() {
        return List.of(
                "ALTER TABLE jobqueue_job SET (autovacuum_enabled = false)",
                "ALTER TABLE jobqueue_blocker SET (autovacuum_enabled = false)",
                "ALTER TABLE jobqueue_deduplication SET (autovacuum_enabled = false)");
    }

    @Override
    List<String> makeStatistics() {
        return List.of("ANALYZE jobqueue_job", "ANALYZE jobqueue_blocker", "ANALYZE jobqueue_deduplication");
    }
}
