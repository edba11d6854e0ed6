package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobFilter;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import ee.jobqueue.spi.JobStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On PostgreSQL, what people ask, and what is deleted by age, is found by an index and not by reading the table. */
class AskingPlanTest {

    private static final JpaHarness HARNESS = JpaHarness.postgreSql();

    @BeforeAll
    static void fill() {
        // inputs of some size: a table that is no larger than its indexes is rightly read as a whole
        HARNESS.database().execute(AcquirePlanTest.ROWS.replace("'{}'", "repeat('x', 500)"));
        HARNESS.database().execute("""
                INSERT INTO jobqueue_blocker (job_id, position, chain_id)
                SELECT job.id, 0, gen_random_uuid() FROM jobqueue_job job
                """);
        HARNESS.database()
                .execute("UPDATE jobqueue_job SET status = 'FAILED' WHERE id IN (SELECT id FROM jobqueue_job"
                        + " WHERE status = 'COMPLETED' LIMIT 100)");
        HARNESS.database().execute("UPDATE jobqueue_job SET ended_at = scheduled_at WHERE status = 'COMPLETED'");
        List.of("jobqueue_job", "jobqueue_blocker")
                .forEach(table -> HARNESS.database().execute("VACUUM (ANALYZE) " + table));
    }

    @AfterAll
    static void close() {
        HARNESS.close();
    }

    @Test
    void countsReadIndexesOnly() throws Exception {
        assertThat(plan(JobStore::counts))
                .contains("Index Only Scan using jobqueue_job_over")
                .doesNotContain("Seq Scan on jobqueue_job");
    }

    @Test
    void theOldestDueJobIsTheFirstOfARange() throws Exception {
        assertThat(plan(JobStore::oldestDue, "type6", 1))
                .contains("Index Scan using jobqueue_job_due")
                .doesNotContain("Sort");
    }

    @Test
    void whatRunsUnderAWorkerIsReadFromTheIndexOverRunningJobs() throws Exception {
        assertThat(plan(JobStore::workers)).contains("jobqueue_job_worker").doesNotContain("Seq Scan on jobqueue_job");
    }

    @Test
    void failedJobsAreListedFromTheIndexOverJobsThatAreOver() throws Exception {
        assertThat(plan(
                        store -> store.jobs(JobFilter.ALL.in(Status.FAILED), PageRequest.first(50)),
                        Status.FAILED.name(),
                        51))
                .contains("jobqueue_job_over")
                .doesNotContain("Seq Scan");
    }

    @Test
    void whatAChainBlocksIsListedFromTheIndexOverBlockers() throws Exception {
        UUID chain = UUID.randomUUID();
        assertThat(plan(
                        store -> store.jobs(
                                JobFilter.ALL.blockedBy(new ChainId(chain.toString())), PageRequest.first(50)),
                        chain,
                        51))
                .contains("jobqueue_blocker_chain")
                .doesNotContain("Seq Scan");
    }

    @Test
    void chainsThatAreOverForLongAreFoundInTheOrderOfTheIndexOverEnds() throws Exception {
        assertThat(plan(
                        store -> store.deleteOver(Set.of(Status.COMPLETED), Duration.ofDays(1), 100),
                        -Duration.ofMinutes(10).toMillis(),
                        "COMPLETED",
                        "",
                        "",
                        100))
                .contains("Index Scan using jobqueue_job_ended", "jobqueue_blocker_chain")
                .doesNotContain("Sort", "Seq Scan");
    }

    /** How PostgreSQL executes the last statement that a verb executes, with these values for its parameters. */
    private static String plan(Consumer<JobStore> verb, Object... values) throws Exception {
        HARNESS.takeExecuted();
        HARNESS.transactions().inNew(null, () -> {
            verb.accept(HARNESS.store());
            return true;
        });
        List<String> executed = HARNESS.takeExecuted();
        String text = executed.get(executed.size() - 1);
        try (Connection connection = HARNESS.database().dataSource().getConnection();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN " + withValues(text, values))) {
            return String.join("\n", AcquirePlanTest.lines(explain));
        }
    }

    private static String withValues(String text, Object... values) {
        List<Object> left = new ArrayList<>(List.of(values));
        return Pattern.compile("\\?")
                .matcher(text)
                .replaceAll(parameter -> Matcher.quoteReplacement(
                        left.get(0) instanceof Number ? left.remove(0).toString() : "'" + left.remove(0) + "'"));
    }
}
