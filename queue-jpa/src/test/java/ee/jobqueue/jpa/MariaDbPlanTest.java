package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Plans of servers of MariaDB's dialect, where the rows that they count ({@link MariaDbLargeTablesTest}) do not tell all. */
class MariaDbPlanTest {

    /** MySQL does not count the rows of JSON. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "MARIADB.*|MYSQL")
    void endingThoseWhoWaitReadsTheRulesOnceAndEachJobByItsId(SqlDatabase database) throws Exception {
        try (JpaHarness harness = database.harness()) {
            JobStore store = harness.store();
            ChainId failing = start(harness, new NewJob("failing", "{}", Schedule.NOW, Blockers.NONE, null));
            Blockers blockers = new Blockers(List.of(new Blocker(failing, OnFailure.FAIL)), Set.of("failing"));
            start(harness, new NewJob("waiting", "{}", Schedule.NOW, blockers, null));
            harness.takeExecuted();
            harness.transactions().inNew(null, () -> store.cancel(List.of(failing)));
            String end = harness.takeExecuted().stream()
                    .filter(statement -> statement.startsWith("UPDATE") && statement.contains("JSON_TABLE"))
                    .findFirst()
                    .orElseThrow();

            assertThat(plan(harness, end.replace("?", "'[]'")))
                    .containsExactly("SIMPLE ruled ALL null", "SIMPLE job eq_ref PRIMARY");
        }
    }

    private static ChainId start(JpaHarness harness, NewJob job) throws Exception {
        return harness.transactions()
                .inNew(null, () -> harness.store().start(List.of(job)))
                .get(0)
                .lastJob()
                .job()
                .chainId();
    }

    /** Each step of a statement: its kind, the table, how it is read and by which index. */
    private static List<String> plan(JpaHarness harness, String text) throws Exception {
        List<String> steps = new ArrayList<>();
        try (Connection connection = harness.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN FORMAT=TRADITIONAL " + text)) {
            while (rows.next()) {
                steps.add("%s %s %s %s"
                        .formatted(
                                rows.getString("select_type").replace("UPDATE", "SIMPLE"),
                                rows.getString("table"),
                                rows.getString("type"),
                                rows.getString("key")));
            }
        }
        return steps;
    }
}
