package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections are killed again and again while several servers run jobs. */
class BrokenConnectionsTest {

    private static final int ROUNDS = 20;

    @ParameterizedTest
    @EnumSource
    void everyJobEndsOnceAndNoFailureCountsThoughConnectionsAreKilled(ServerDatabase database) {
        try (Cluster cluster = new Cluster(database, database.url(), server -> server)) {
            cluster.startChains();
            for (int round = 1; round <= ROUNDS; round++) {
                cluster.awaitRuns((double) round / (ROUNDS + 1));
                cluster.breakConnections();
            }

            cluster.assertThatEveryJobEndsOnce();
            assertThat(cluster.mostFailures()).isZero();
        }
    }
}
