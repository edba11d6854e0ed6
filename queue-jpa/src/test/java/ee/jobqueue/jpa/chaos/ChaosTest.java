package ee.jobqueue.jpa.chaos;

import ee.jobqueue.chaos.ChaosCluster;
import ee.jobqueue.chaos.ChaosReport;
import ee.jobqueue.chaos.Nemesis;
import ee.jobqueue.chaos.Round;
import ee.jobqueue.chaos.RoundResult;
import ee.jobqueue.chaos.nemesis.Nemeses;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A few short rounds of chaos on PostgreSQL; all, and more of them, on all databases in the profile {@code chaos}. */
class ChaosTest {

    /** The classes of nemeses, as a regular expression; those for which every build has time when there is none. */
    private static final String NEMESES = System.getProperty("jobqueue.chaos.nemeses", "");

    private static final String DATABASES = System.getProperty("jobqueue.chaos.databases", SqlKind.POSTGRESQL.name());
    private static final int ROUNDS = Integer.getInteger("jobqueue.chaos.rounds", 1);
    /** The page of the documentation into which the results are written. */
    private static final Path PAGE = Path.of(System.getProperty("jobqueue.chaos.report", "target/chaos.md"));

    private static final long SEED = Long.getLong("jobqueue.chaos.seed", 20_261_128L);

    private static @Nullable ChaosCluster cluster;
    private static @Nullable SqlKind clustered;
    private static final ChaosReport REPORT = new ChaosReport();
    private static int rounds;

    @AfterAll
    static void report() {
        stopTheServers();
        REPORT.write(PAGE);
    }

    static void stopTheServers() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostOrDoneTwiceAndWhoIsNotDisturbedLosesNothing() {
        return Arrays.stream(DATABASES.split(","))
                .map(SqlKind::valueOf)
                .flatMap(kind -> IntStream.range(0, ROUNDS)
                        .boxed()
                        .flatMap(round -> nemeses().stream().map(nemesis -> test(kind, round, nemesis))));
    }

    private static List<Nemesis> nemeses() {
        return NEMESES.isEmpty()
                ? Nemeses.ofShortRounds()
                : Nemeses.all().stream()
                        .filter(nemesis -> nemesis.getClass().getSimpleName().matches(NEMESES))
                        .toList();
    }

    private static DynamicTest test(SqlKind kind, int round, Nemesis nemesis) {
        return DynamicTest.dynamicTest(
                kind.title() + ", " + nemesis.deed() + ", " + round, () -> run(kind, nemesis, SEED + round));
    }

    private static void run(SqlKind kind, Nemesis nemesis, long seed) throws Exception {
        boolean isGood = false;
        try {
            RoundResult result = new Round(clusterOn(kind), nemesis, seed).run("r" + ++rounds);
            System.out.println(result);
            REPORT.add(result);
            result.requireNoViolation();
            isGood = true;
        } finally {
            if (!isGood) {
                stopTheServers(); // what is left of the round may disturb the next
            }
        }
    }

    private static ChaosCluster clusterOn(SqlKind kind) {
        ChaosCluster running = cluster;
        if (running == null || clustered != kind) {
            stopTheServers();
            running = new ChaosCluster(
                    new SqlChaosDatabase(kind),
                    Path.of("target", "chaos", UUID.randomUUID().toString()));
            cluster = running;
            clustered = kind;
        }
        return running;
    }
}
