package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The row of a key stays as long as a chain has the key, and no longer; that of a claimed id as long as the chain. */
class KeyRowsTest {

    @ParameterizedTest
    @EnumSource
    void theRowOfAKeyGoesWithTheLastChainThatHasIt(SqlDatabase kind) throws Exception {
        try (JpaHarness harness = kind.harness()) {
            ChainId first = start(harness, Deduplication.ever("k"), null);
            ChainId second = start(harness, Deduplication.ever("k").disregarding(first), null);
            start(harness, Deduplication.ever("other"), null);

            delete(harness, first);
            assertThat(rows(harness)).containsExactly("a k", "a other");

            delete(harness, second);
            assertThat(rows(harness)).containsExactly("a other");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRowsOfAKeyAndOfAClaimedIdGoWithAChainThatIsDeletedByAge(SqlDatabase kind) throws Exception {
        try (JpaHarness harness = kind.harness()) {
            UUID id = UUID.randomUUID();
            ChainId first = start(harness, Deduplication.ever("k"), id);
            ChainId open = start(harness, Deduplication.ever("k").disregarding(first), null);
            ChainId other = start(harness, Deduplication.ever("other"), null);
            in(harness, () -> harness.store().cancel(List.of(first, other)));
            harness.advance(Duration.ofHours(2));
            assertThat(rows(harness)).containsExactly("a k", "a other", "~id " + id);

            in(harness, () -> harness.store().deleteOver(Set.of(Status.CANCELLED), Duration.ofHours(1), 10));
            assertThat(rows(harness)).containsExactly("a k");

            delete(harness, open);
            assertThat(rows(harness)).isEmpty();
        }
    }

    private static ChainId start(JpaHarness harness, Deduplication deduplication, UUID id) throws Exception {
        NewJob job = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, deduplication, null, id);
        List<Started> started = in(harness, () -> harness.store().start(List.of(job)));
        assertThat(started.get(0).deduplicated()).isFalse();
        return started.get(0).lastJob().job().chainId();
    }

    private static void delete(JpaHarness harness, ChainId chain) throws Exception {
        in(harness, () -> harness.store().delete(Set.of(chain), Cascade.NONE));
    }

    private static <T> T in(JpaHarness harness, Callable<T> work) throws Exception {
        return harness.transactions().inNew(null, work);
    }

    private static List<String> rows(JpaHarness harness) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = harness.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT chain_type, deduplication_key"
                        + " FROM jobqueue_deduplication ORDER BY chain_type, deduplication_key")) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2));
            }
        }
        return rows;
    }
}
