package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.KeyHolders.Question;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who holds a key is one entry of an index, however many chains had the key before. */
class KeyPlanTest {

    private static final int OVER = 20_000;
    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    /** The last chain of each kind is the newest. */
    private static ChainId newestOver;

    private static ChainId newestOpen;

    @BeforeAll
    static void fill() {
        HARNESS.clear();
        Instant now = HARNESS.opened().now();
        List<Document> open = IntStream.range(0, 3).mapToObj(i -> chain(now, i)).toList();
        List<Document> over = IntStream.range(3, OVER)
                .mapToObj(i -> chain(now, i)
                        .append(Fields.STATUS, Status.COMPLETED.name())
                        .append(Fields.ENDED_AT, Date.from(now)))
                .toList();
        HARNESS.opened()
                .jobs()
                .insertMany(Stream.concat(open.stream(), over.stream()).toList());
        newestOpen = Ids.chainId(open.get(open.size() - 1).get(Fields.ID));
        newestOver = Ids.chainId(over.get(over.size() - 1).get(Fields.ID));
    }

    private static Document chain(Instant now, int number) {
        ObjectId id = new ObjectId();
        Date started = Date.from(now.minusSeconds(OVER).plusMillis(number));
        return new Document(Fields.ID, id)
                .append(Fields.CHAIN_ID, id)
                .append(Fields.CHAIN_TYPE, "a")
                .append(Fields.CHAIN_STARTED_AT, started)
                .append(Fields.DEDUPLICATION_KEY, "k")
                .append(Fields.POSITION, 0)
                .append(Fields.CONTINUED, false)
                .append(Fields.AWAITED, false)
                .append(Fields.BLOCKED, false)
                .append(Fields.TYPE, "a")
                .append(Fields.INPUT, "{}")
                .append(Fields.PRIORITY, 4)
                .append(Fields.ATTEMPT, 0)
                .append(Fields.FAILURES, 0)
                .append(Fields.CONFLICTS, 0)
                .append(Fields.STATUS, Status.PENDING.name())
                .append(Fields.CREATED_AT, started)
                .append(Fields.SCHEDULED_AT, started);
    }

    @Test
    void theNewestOpenChainIsTheFirstEntryOfTheIndexOverOpenOnes() {
        Document plan = explain(Deduplication.whileIncomplete("k"));

        assertThat(AcquirePlanTest.values(plan, "indexName")).first().isEqualTo("open_key");
        assertReadsOne(plan);
    }

    @Test
    void theNewestOfAllChainsIsTheFirstEntryOfTheIndexOverKeys() {
        Document plan = explain(Deduplication.ever("k"));

        assertThat(AcquirePlanTest.values(plan, "indexName")).first().isEqualTo("key");
        assertReadsOne(plan);
    }

    @Test
    void severalQuestionsAreAnsweredThoughThereAreTooManyChainsToLookAt() throws Exception {
        List<NewJob> jobs = List.of(
                keyed(Deduplication.ever("k")),
                keyed(Deduplication.ever("k").disregarding(newestOver)),
                keyed(Deduplication.whileIncomplete("k")),
                keyed(Deduplication.whileIncomplete("k").disregarding(newestOpen)),
                keyed(Deduplication.ever("other")));

        List<Started> started =
                HARNESS.transactions().inNew(null, () -> HARNESS.store().start(jobs));

        assertThat(started).extracting(Started::deduplicated).containsExactly(true, true, true, true, false);
        assertThat(chain(started.get(0))).isEqualTo(newestOver);
        assertThat(chain(started.get(2))).isEqualTo(newestOpen);
        assertThat(started.get(1).lastJob().job().status()).isEqualTo(Status.COMPLETED);
        assertThat(started.get(3).lastJob().job().status()).isEqualTo(Status.PENDING);
    }

    private static void assertReadsOne(Document plan) {
        assertThat(AcquirePlanTest.values(plan, "stage")).doesNotContain("SORT", "COLLSCAN");
        assertThat(AcquirePlanTest.values(plan, "totalKeysExamined")).containsExactly(1);
        assertThat(AcquirePlanTest.values(plan, "totalDocsExamined")).containsExactly(1);
    }

    private static ChainId chain(Started started) {
        return started.lastJob().job().chainId();
    }

    private static NewJob keyed(Deduplication deduplication) {
        return new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, deduplication);
    }

    private static Document explain(Deduplication deduplication) {
        return AcquirePlanTest.explain(
                HARNESS, KeyQuery.newest(new Question<>(new Key("a", deduplication.key()), deduplication)));
    }
}
