package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who holds a key is read from the index over keys in its order, and its last job by chain, on databases that do not count
 * what they read, and without statistics.
 */
class KeyPlanTest {

    @Test
    void h2ReadsInTheOrderOfTheIndex() throws Exception {
        String plan = plan(SqlDatabase.H2, Statements.HOLDERS);

        assertThat(plan.split("JOBQUEUE_JOB_KEY: ", -1)).as("ranges").hasSize(3);
        assertThat(plan.split("index sorted", -1)).as("in order").hasSize(3);
        assertThat(plan)
                .contains("JOBQUEUE_JOB_CHAIN: CHAIN_ID = HELD.CHAIN_ID")
                .doesNotContain("tableScan");
    }

    @Test
    void sqliteReadsInTheOrderOfTheIndex() throws Exception {
        String plan = plan(SqlDatabase.SQLITE, Statements.HOLDERS);

        assertThat(plan).doesNotContain("B-TREE", "SCAN chain", "SCAN job");
        assertThat(plan.split(
                        "INDEX jobqueue_job_key \\(chain_type=\\? AND deduplication_key=\\? AND chain_status=\\?", -1))
                .as("ranges")
                .hasSize(3);
        assertThat(plan).contains("SEARCH job USING INDEX jobqueue_job_chain (chain_id=?)");
    }

    @Test
    void theRowsOfKeysAreFoundByTheirPrimaryKey() throws Exception {
        for (Sql statement : List.of(DeletionStatements.KEYS_OF, KeyRows.LOCK_FREE)) {
            assertThat(plan(SqlDatabase.H2, statement)).doesNotContain("tableScan");
            assertThat(plan(SqlDatabase.SQLITE, statement)).doesNotContain("SCAN held", "SCAN chain", "SCAN claim");
        }
        assertThat(plan(SqlDatabase.H2, new H2().deleteUnusedKeys()))
                .contains("PRIMARY_KEY")
                .doesNotContain("tableScan");
        assertThat(plan(SqlDatabase.SQLITE, KeyRows.DELETE_UNUSED))
                .contains(
                        "SEARCH jobqueue_deduplication USING PRIMARY KEY",
                        "SEARCH chain USING COVERING INDEX jobqueue_job_key")
                .doesNotContain("SCAN chain");
    }

    private static String plan(SqlDatabase kind, Sql statement) throws Exception {
        String text = new DialectTexts(kind.dialect(), TableNames.DEFAULT).of(statement);
        return kind == SqlDatabase.H2
                ? explain(
                        kind,
                        "EXPLAIN "
                                + text.replace(":places", "ARRAY[0]")
                                        .replaceAll(":(types|keys|ends|disregarded)\\b", "ARRAY['a']")
                                        .replace(":chains", "ARRAY[CAST(NULL AS UUID)]")
                                        .replace(":now", "CURRENT_TIMESTAMP"))
                : explain(
                        kind,
                        "EXPLAIN QUERY PLAN "
                                + text.replaceAll(":rows__\\w+", "'[[0,\"a\",\"k\",\"FAILED\",\"\"]]'")
                                        .replace(":chains", "'a', 'b'"));
    }

    private static String explain(SqlDatabase kind, String question) throws Exception {
        List<String> lines = new ArrayList<>();
        try (JpaHarness harness = kind.harness();
                Connection connection = harness.database().dataSource().getConnection();
                java.sql.Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            int last = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                lines.add(rows.getString(last));
            }
        }
        return String.join("\n", lines);
    }
}
