package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.WorkerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Where acquiring looks before it locks, it reads the first rows of ranges of the index over waiting jobs, in their order, also
 * on a database without statistics. How many rows servers of MariaDB's dialect read for it tells {@link MariaDbLargeTablesTest}.
 */
class SteppedAcquiringPlanTest {

    private static final int LIMIT = 10;

    private static final String DUE = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at)
            SELECT ids.id, ids.id, 'a', CURRENT_TIMESTAMP, 0, FALSE, FALSE, 'a', 'PENDING', '{}', 0, 0, 0, FALSE,
                CURRENT_TIMESTAMP, DATEADD(SECOND, -X, CURRENT_TIMESTAMP)
            FROM (SELECT X, CAST(LPAD(TO_CHAR(X), 32, '0') AS UUID) AS id FROM SYSTEM_RANGE(1, 10000)) AS ids
            """;

    @Test
    void onH2EachRangeIsReadAsFarAsThereArePlaces() throws Exception {
        try (JpaHarness harness = JpaHarness.h2()) {
            harness.database().execute(DUE);

            String plan = plan(harness, "EXPLAIN ANALYZE");

            assertThat(Pattern.compile("scanCount: (\\d+)")
                            .matcher(plan)
                            .results()
                            .mapToInt(count -> Integer.parseInt(count.group(1)))
                            .sum())
                    .as(plan)
                    .isBetween(LIMIT, 10 * LIMIT);
        }
    }

    @Test
    void onSqliteEachRangeIsReadInTheOrderOfTheIndex() throws Exception {
        try (JpaHarness harness = JpaHarness.sqlite()) {
            assertThat(plan(harness, "EXPLAIN QUERY PLAN"))
                    .contains("INDEX jobqueue_job_due (type=? AND priority=? AND scheduled_at<?)")
                    .doesNotContain("ORDER BY");
        }
    }

    /** How the database looks for the first due jobs. */
    private static String plan(JpaHarness harness, String explain) throws Exception {
        harness.takeExecuted();
        harness.transactions().inNew(null, () -> {
            WorkerId worker =
                    harness.store().register(new NewWorker("a server", Set.of(), LIMIT), Duration.ofMinutes(1));
            return harness.store().acquire(worker, Set.of("a"), LIMIT);
        });
        String look = harness.takeExecuted().stream()
                .filter(statement -> statement.contains("scheduled_at <="))
                .findFirst()
                .orElseThrow()
                .replace("type = ?", "type = 'a'")
                .replace("CAST(? AS TIMESTAMP(3) WITH TIME ZONE)", "CURRENT_TIMESTAMP")
                .replace("<> ALL(?)", "<> ALL(ARRAY[])")
                .replace("NOT IN (?)", "NOT IN ('')")
                .replace("LIMIT ?", "LIMIT " + LIMIT);
        try (Connection connection = harness.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery(explain + " " + look)) {
            int text = steps.getMetaData().getColumnCount();
            StringJoiner plan = new StringJoiner("\n");
            while (steps.next()) {
                plan.add(steps.getString(text));
            }
            return plan.toString();
        }
    }
}
