package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On PostgreSQL, acquiring reads few rows of a large table, with statistics and without: a bounded range of the index
 * over waiting jobs for each type and priority, in the order of the index.
 */
class AcquirePlanTest {

    private static final int LIMIT = 10;

    /** Among 60,000 jobs that are over, 20,000 that are due and 20,000 that are scheduled ahead. */
    static final String ROWS = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at)
            SELECT ids.id, ids.id, ids.type, now(), 0, FALSE, FALSE, ids.type,
                CASE WHEN n % 5 < 3 THEN 'COMPLETED' ELSE 'PENDING' END, '{}', 0, 0, 0, FALSE, now(),
                now() + (n % 1000) * INTERVAL '1 second' * CASE WHEN n % 5 = 3 THEN 1 ELSE -1 END
            FROM (SELECT n, gen_random_uuid() AS id, 'type' || n % 7 AS type FROM generate_series(1, 100000) AS n) AS ids
            """;

    /** Ahead of all others if they were due: 200,000 jobs of a high priority, none of which may be walked. */
    private static final String FUTURE_ROWS = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at, priority)
            SELECT ids.id, ids.id, 'type0', now(), 0, FALSE, FALSE, 'type0', 'PENDING', '{}', 0, 0, 0, FALSE, now(),
                now() + n * INTERVAL '1 second', 9
            FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, 200000) AS n) AS ids
            """;

    /** Three types of ten priorities, each looked at twice by three pages or four, and what is changed. */
    private static final int FEW_PAGES = 600;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acquiringReadsARangeOfTheIndexForEachTypeAndSortsNoWaitingJobs(boolean withStatistics) throws SQLException {
        try (JpaHarness harness = JpaHarness.postgreSql()) {
            TestDatabase database = harness.database();
            database.execute("ALTER TABLE jobqueue_job SET (autovacuum_enabled = false)");
            database.execute(ROWS);
            database.execute(FUTURE_ROWS);
            if (withStatistics) {
                database.execute("ANALYZE jobqueue_job");
            }

            List<String> plan = plan(database);

            String text = String.join("\n", plan);
            assertThat(text).contains("Index Scan using jobqueue_job_due").doesNotContain("Seq Scan on jobqueue_job");
            assertThat(plan.stream()
                            .filter(line -> line.contains("on jobqueue_job job"))
                            .map(AcquirePlanTest::rows))
                    .as(text)
                    .isNotEmpty()
                    .allSatisfy(rows -> assertThat(rows).isLessThanOrEqualTo(3 * LIMIT));
            assertThat(pages(plan)).as(text).isPositive().isLessThan(FEW_PAGES);
        }
    }

    private static List<String> plan(TestDatabase database) throws SQLException {
        String text = new DialectTexts(new PostgreSql(), TableNames.DEFAULT).of(PostgreSql.ACQUIRE);
        List<Object> values = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection()) {
            Array types = connection.createArrayOf("text", new String[] {"type0", "type3", "type5"});
            Matcher names = Pattern.compile(":(types|limit|worker)\\b").matcher(text);
            while (names.find()) {
                values.add(
                        switch (names.group(1)) {
                            case "types" -> types;
                            case "limit" -> LIMIT;
                            default -> UUID.randomUUID();
                        });
            }
            try (PreparedStatement explain = connection.prepareStatement(
                    "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + text.replaceAll(":(types|limit|worker)\\b", "?"))) {
                for (int i = 0; i < values.size(); i++) {
                    explain.setObject(i + 1, values.get(i));
                }
                return lines(explain);
            }
        }
    }

    static List<String> lines(PreparedStatement explain) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** How many rows a step of the plan read, each time it was run. */
    private static double rows(String line) {
        Matcher actual = Pattern.compile("actual rows=([0-9.]+)").matcher(line);
        return actual.find() ? Double.parseDouble(actual.group(1)) : 0;
    }

    /** How many pages the whole statement read: the first line about them is that of the root. */
    private static int pages(List<String> plan) {
        String line = plan.stream()
                .filter(text -> text.contains("Buffers:"))
                .findFirst()
                .orElseThrow();
        Matcher counts = Pattern.compile("(?:hit|read)=([0-9]+)").matcher(line);
        int pages = 0;
        while (counts.find()) {
            pages += Integer.parseInt(counts.group(1));
        }
        return pages;
    }
}
