package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Acquiring uses its index, and what is completed does not slow it down. */
class AcquirePlanTest {

    private static final int COMPLETED = 100_000;
    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    @Test
    void withAHundredThousandCompletedJobsAnAcquireReadsNoMoreThanWithout() throws Exception {
        HARNESS.clear();
        WorkerId worker = HARNESS.store().register(new NewWorker("a server", Set.of(), 10), Duration.ofHours(1));
        start(50);
        Document before = explain();
        addCompleted();

        Document plan = explain();

        assertThat(values(plan, "indexName")).as("of the winning plan").contains("due");
        assertThat(values(plan, "stage")).doesNotContain("SORT", "COLLSCAN");
        assertThat(values(plan, "totalKeysExamined"))
                .isEqualTo(values(before, "totalKeysExamined"))
                .allSatisfy(keys -> assertThat(((Number) keys).intValue()).isBetween(1, 30));
        assertThat(values(plan, "totalDocsExamined")).isEqualTo(values(before, "totalDocsExamined"));
        assertThat(HARNESS.store().acquire(worker, Set.of("a"), 10).jobs()).hasSize(10);
    }

    private static void start(int count) throws Exception {
        NewJob job = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null);
        HARNESS.transactions().inNew(null, () -> HARNESS.store().start(Collections.nCopies(count, job)));
    }

    private static void addCompleted() {
        Date ended = Date.from(HARNESS.opened().now());
        for (int batch = 0; batch < COMPLETED / 10_000; batch++) {
            HARNESS.opened()
                    .jobs()
                    .insertMany(IntStream.range(0, 10_000)
                            .mapToObj(i -> completed(ended))
                            .toList());
        }
    }

    private static Document completed(Date ended) {
        ObjectId id = new ObjectId();
        return new Document(Fields.ID, id)
                .append(Fields.CHAIN_ID, id)
                .append(Fields.POSITION, 0)
                .append(Fields.CONTINUED, false)
                .append(Fields.TYPE, "a")
                .append(Fields.PRIORITY, 4)
                .append(Fields.STATUS, Status.COMPLETED.name())
                .append(Fields.SCHEDULED_AT, ended)
                .append(Fields.ENDED_AT, ended);
    }

    private static Document explain() {
        return explain(HARNESS, Acquiring.due("a", HARNESS.opened().now(), 11, Set.of()));
    }

    /** How the server reads jobs by a pipeline, without the plans that it rejected. */
    static Document explain(MongoHarness harness, List<Document> pipeline) {
        Document explained = harness.transactions()
                .database()
                .runCommand(new Document(
                                "explain",
                                new Document(
                                                "aggregate",
                                                harness.opened()
                                                        .jobs()
                                                        .getNamespace()
                                                        .getCollectionName())
                                        .append("pipeline", pipeline)
                                        .append("cursor", new Document()))
                        .append("verbosity", "executionStats"));
        explained.remove("command");
        withoutRejected(explained);
        return explained;
    }

    private static void withoutRejected(Object part) {
        if (part instanceof Document document) {
            document.remove("rejectedPlans");
            document.remove("allPlansExecution");
            document.values().forEach(AcquirePlanTest::withoutRejected);
        } else if (part instanceof List<?> list) {
            list.forEach(AcquirePlanTest::withoutRejected);
        }
    }

    /** All values under a name, wherever in the document. */
    static List<Object> values(Object part, String name) {
        List<Object> found = new ArrayList<>();
        if (part instanceof Document document) {
            document.forEach((key, value) -> {
                if (key.equals(name)) {
                    found.add(value);
                }
                found.addAll(values(value, name));
            });
        } else if (part instanceof List<?> list) {
            list.forEach(element -> found.addAll(values(element, name)));
        }
        return found;
    }
}
