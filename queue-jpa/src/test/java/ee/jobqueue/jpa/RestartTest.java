package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.conformance.LogLines;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.jpa.ClusterJobs.WriteAtomic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes down and comes back while several servers run jobs. */
class RestartTest {

    private static final Map<ServerDatabase, RestartableServer> SERVERS = new EnumMap<>(ServerDatabase.class);

    @AfterAll
    static void stopTheServers() {
        SERVERS.values().forEach(RestartableServer::close);
    }

    @ParameterizedTest
    @EnumSource
    void everyJobEndsOnceAndNoFailureCountsThoughTheDatabaseIsStoppedAndStarted(ServerDatabase database) {
        RestartableServer server = server(database);
        try (Cluster cluster = new Cluster(database, server.url(), each -> each)) {
            runThroughOutage(cluster, server, RestartableServer::stop, () -> assertThatStartIsRefused(cluster));

            assertThat(cluster.mostFailures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyJobEndsOnceAndNoFailureCountsThoughTheDatabaseIsKilledAndStarted(ServerDatabase database) {
        RestartableServer server = server(database);
        try (Cluster cluster = new Cluster(database, server.url(), each -> each)) {
            runThroughOutage(cluster, server, RestartableServer::kill, () -> {});

            assertThat(cluster.mostFailures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyJobEndsOnceThoughTheDatabaseIsDownForLongerThanTheLease(ServerDatabase database) {
        UnaryOperator<TestServer> shortLease =
                each -> each.lease(Duration.ofSeconds(2)).maxAttempts(0);
        RestartableServer server = server(database);
        try (Cluster cluster = new Cluster(database, server.url(), shortLease);
                LogLines log = new LogLines()) {
            runThroughOutage(
                    cluster,
                    server,
                    RestartableServer::stop,
                    () -> await().atMost(cluster.left())
                            .until(() -> log.all().stream()
                                            .filter(line ->
                                                    line.contains("has lost its lease, it was not renewed in time"))
                                            .count()
                                    >= cluster.members().size()));
        }
    }

    private static void runThroughOutage(
            Cluster cluster, RestartableServer server, Consumer<RestartableServer> down, Runnable meanwhile) {
        cluster.startChains();
        cluster.awaitRuns(0.3);
        down.accept(server);
        try {
            await().atMost(cluster.left())
                    .until(() -> cluster.members().stream()
                            .noneMatch(member -> member.server.engine().isReady()));
            meanwhile.run();
        } finally {
            server.start();
        }
        cluster.assertThatEveryJobEndsOnce();
    }

    private static void assertThatStartIsRefused(Cluster cluster) {
        for (ClusterMember member : cluster.members()) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> member.server.queue().start(new WriteAtomic(-1, 0)))
                    .satisfies(e -> assertThat(e.isTransient()).isTrue());
        }
    }

    private static RestartableServer server(ServerDatabase database) {
        return SERVERS.computeIfAbsent(database, ServerDatabase::newServer);
    }
}
