package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.WorkerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On MariaDB, acquiring reads few rows of a large table, whether its statistics are fresh or from when it was empty. Counted
 * by the server, not judged from a plan, since several statements take part.
 */
class MariaDbAcquireReadsTest {

    private static final int LIMIT = 10;
    private static final int TYPES = 3;

    /** Looking, locking, picking, changing and reading, and the next due time. */
    private static final int READS_OF_A_ROW = 10;

    /** Among 60,000 jobs that are over, 20,000 that are due and 20,000 that are scheduled ahead. */
    private static final String ROWS = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at)
            SELECT ids.id, ids.id, ids.type, UTC_TIMESTAMP(3), 0, FALSE, FALSE, ids.type,
                CASE WHEN n % 5 < 3 THEN 'COMPLETED' ELSE 'PENDING' END, '{}', 0, 0, 0, FALSE, UTC_TIMESTAMP(3),
                UTC_TIMESTAMP(3) + INTERVAL ((n % 1000) * CASE WHEN n % 5 = 3 THEN 1 ELSE -1 END) SECOND
            FROM (SELECT CAST(seq AS SIGNED) AS n, UUID() AS id, CONCAT('type', seq % 7) AS type FROM seq_1_to_100000) AS ids
            """;

    /** Of all sessions; asking for it reads rows as well. */
    private static final String READS = """
            SELECT SUM(CAST(variable_value AS SIGNED)) FROM information_schema.global_status
            WHERE variable_name LIKE 'Handler_read%'
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acquiringReadsARangeOfTheIndexForEachType(boolean withStatistics) throws Exception {
        try (JpaHarness harness = JpaHarness.mariaDb()) {
            TestDatabase database = harness.database();
            database.execute("ALTER TABLE jobqueue_job STATS_AUTO_RECALC = 0");
            database.execute("ANALYZE TABLE jobqueue_job");
            database.execute(ROWS);
            if (withStatistics) {
                database.execute("ANALYZE TABLE jobqueue_job");
            }
            WorkerId worker = harness.transactions()
                    .inNew(
                            null,
                            () -> harness.store()
                                    .register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1)));

            long once = rowsRead(database);
            long before = rowsRead(database);
            long asking = before - once;
            int acquired = harness.transactions()
                    .inNew(null, () -> harness.store().acquire(worker, Set.of("type0", "type3", "type5"), LIMIT))
                    .jobs()
                    .size();

            assertThat(acquired).isEqualTo(LIMIT);
            assertThat(rowsRead(database) - before - asking).isLessThanOrEqualTo(READS_OF_A_ROW * LIMIT * TYPES);
        }
    }

    private static long rowsRead(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READS)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
