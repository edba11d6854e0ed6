package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.jpa.ClusterJobs.WriteAtomic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Several servers on one database, which run chains of jobs that each write one row of a ledger in the transaction that
 * finishes them. A caller starts the chains, each joined to a transaction that writes an order. So a job that was lost, or
 * done twice, shows in the rows.
 */
final class Cluster implements AutoCloseable {

    /** For all that a test waits for. */
    private static final Duration DEADLINE = Duration.ofSeconds(180);

    private static final int MEMBERS = 3;

    private static final int CHAINS = Integer.getInteger("jobqueue.outage.jobs", 2_000) / ClusterMember.LENGTH;

    /** How many jobs run through an outage. */
    private static final int JOBS = CHAINS * ClusterMember.LENGTH;

    private final ServerDatabase kind;
    private final String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    private final DataSource administration;
    private final DataSource database;
    private final List<ClusterMember> members = new ArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final long end = System.nanoTime() + DEADLINE.toNanos();
    private CompletableFuture<Void> caller = CompletableFuture.completedFuture(null);

    /** Servers that run jobs from now on. */
    Cluster(ServerDatabase kind, String url, UnaryOperator<TestServer> settings) {
        this.kind = kind;
        this.administration = kind.dataSource(url, "");
        this.database = kind.dataSource(url, name);
        execute(administration, kind.create(name));
        for (int i = 0; i < MEMBERS; i++) {
            members.add(new ClusterMember(database, runs, settings));
        }
        execute(database, "CREATE TABLE ledger (job varchar(36) NOT NULL)");
        execute(database, "CREATE TABLE orders (number int NOT NULL PRIMARY KEY)");
    }

    List<ClusterMember> members() {
        return members;
    }

    /** Starts all chains on a thread of its own, one after the other. */
    void startChains() {
        caller = CompletableFuture.runAsync(() -> IntStream.range(0, CHAINS).forEach(this::startChain));
    }

    /** As a caller does it: again after a transient error, unless the commit has happened whatever was said. */
    private void startChain(int number) {
        ClusterMember member = members.get(number % MEMBERS);
        boolean ordered = false;
        boolean doubtful = false;
        while (!ordered) {
            try {
                ordered = (doubtful && isOrdered(number)) || order(member, number);
            } catch (Exception e) {
                if (!member.store.isTransient(e) || System.nanoTime() > end) {
                    throw new AssertionError("chain " + number + " was not started", e);
                }
                doubtful = true;
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private boolean isOrdered(int number) {
        return count("SELECT count(*) FROM orders WHERE number = " + number) == 1;
    }

    private static boolean order(ClusterMember member, int number) throws Exception {
        return member.transactions.inNew(null, () -> {
            member.insert("orders", "number", number);
            member.server.queue().start(new WriteAtomic(number, 0));
            return true;
        });
    }

    /** Waits until there were so many runs as a part of all jobs; those that came to nothing count as well. */
    void awaitRuns(double part) {
        await().atMost(left()).pollInterval(Duration.ofMillis(2)).until(() -> runs.get() >= part * JOBS);
    }

    /** Ends all connections of all members, whatever they are doing. */
    void breakConnections() {
        try (Connection connection = administration.getConnection();
                Statement statement = connection.createStatement()) {
            kind.breakConnections(statement, name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not break the connections", e);
        }
    }

    /** Waits until every chain was started and every job is over, and looks at what they have left. */
    void assertThatEveryJobEndsOnce() {
        try {
            caller.get(left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the caller has not started all chains", e);
        }
        await().atMost(left())
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(count("SELECT count(*) FROM jobqueue_job WHERE status = 'COMPLETED'"))
                        .isEqualTo(JOBS));
        assertThat(count("SELECT count(*) FROM orders")).isEqualTo(CHAINS);
        assertThat(count("SELECT count(*) FROM jobqueue_job")).isEqualTo(JOBS);
        assertThat(count("SELECT count(*) FROM jobqueue_job WHERE chain_position = 0 AND chain_status = 'COMPLETED'"))
                .isEqualTo(CHAINS);
        assertThat(count("SELECT count(*) FROM ledger")).isEqualTo(JOBS);
        assertThat(count("SELECT count(DISTINCT job) FROM ledger")).isEqualTo(JOBS);
        await().atMost(left())
                .until(() -> members.stream()
                        .allMatch(member -> member.server.engine().isReady()));
    }

    /** How often the job that failed most has failed, by the rules of what counts as a failure. */
    long mostFailures() {
        return count("SELECT max(failures) FROM jobqueue_job");
    }

    Duration left() {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private long count(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("could not ask " + query, e);
        }
    }

    private static void execute(DataSource dataSource, String change) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        } catch (SQLException e) {
            throw new IllegalStateException("could not execute " + change, e);
        }
    }

    @Override
    public void close() {
        members.forEach(ClusterMember::close);
        execute(administration, kind.drop(name));
    }
}
