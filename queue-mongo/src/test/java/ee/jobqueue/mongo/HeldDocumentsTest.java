package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.WorkerId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody's own transaction holds a document of a worker, or that of the sweep, which no transaction of the queue's ever does:
 * MongoDB lets a write outside of it wait until it ends. It ends here only when the verb has returned.
 */
class HeldDocumentsTest {

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final AttemptLimits NO_LIMIT = new AttemptLimits(0, Map.of());

    private final JobStore store = HARNESS.store();

    @BeforeEach
    void empty() {
        HARNESS.clear();
    }

    @AfterAll
    static void close() {
        HARNESS.close();
    }

    private WorkerId worker() {
        return store.register(new NewWorker("a server", Set.of(), 10), LEASE);
    }

    private static void whileHeld(MongoCollection<Document> documents, Object id, Runnable verb) {
        try (ClientSession session = HARNESS.transactions().newSession()) {
            session.startTransaction();
            assertThat(documents
                            .updateOne(session, Filters.eq(Fields.ID, id), Updates.set("held", true))
                            .getMatchedCount())
                    .isEqualTo(1);
            verb.run();
            session.abortTransaction();
        }
    }

    private static void whileHeld(WorkerId worker, Runnable verb) {
        whileHeld(HARNESS.opened().workers(), Ids.of(worker), verb);
    }

    @Test
    void aRenewalFailsAsTransientAndIsTriedAgain() {
        WorkerId worker = worker();

        whileHeld(
                worker,
                () -> assertThatExceptionOfType(StoreUnavailableException.class)
                        .isThrownBy(() -> store.renew(worker, LEASE))
                        .satisfies(error -> assertThat(error.isTransient()).isTrue())
                        .satisfies(error -> assertThat(store.isOutage(error)).isFalse()));

        assertThat(store.renew(worker, LEASE).kept()).isTrue();
    }

    @Test
    void otherWorkersAreReaped() {
        WorkerId held = worker();
        WorkerId free = worker();
        HARNESS.advance(LEASE.multipliedBy(2));

        whileHeld(held, () -> store.reap(NO_LIMIT));

        assertThat(store.renew(free, LEASE).kept()).isFalse();
        assertThat(store.renew(held, LEASE).kept()).isTrue();
    }

    @Test
    void aWorkerThatRetiresIsLeftToItsLease() {
        WorkerId worker = worker();

        whileHeld(worker, () -> store.retire(worker));

        assertThat(store.renew(worker, LEASE).kept()).isTrue();
    }

    @Test
    void aSweepIsLeftToTheNextTime() {
        Object id = HARNESS.opened().sweep().find().first().get(Fields.ID);

        whileHeld(
                HARNESS.opened().sweep(),
                id,
                () -> assertThat(store.sweep(LEASE, NO_LIMIT)).isEmpty());

        assertThat(store.sweep(LEASE, NO_LIMIT)).isPresent();
    }
}
