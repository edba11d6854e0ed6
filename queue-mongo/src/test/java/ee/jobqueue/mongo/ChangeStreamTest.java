package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** How a change stream begins, breaks, goes on and ends. */
class ChangeStreamTest {

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int HISTORY_LOST = 286;
    private static final int CURSOR_NOT_FOUND = 43;

    /** A store in a database of its own, and a notifier on it. */
    private static final class Place implements AutoCloseable {

        final MongoClient client;
        final MongoTransactions transactions;
        final MongoJobStore store;
        final ChangeStreamNotifier notifier;

        Place(MongoServer server) {
            client = MongoClients.create(server.uri());
            transactions = new MongoTransactions(client, "jobqueue_" + new ObjectId());
            MongoSettings settings = MongoSettings.read(property -> Optional.empty());
            store = new MongoJobStore(transactions, settings);
            notifier = new ChangeStreamNotifier(transactions, settings.collectionPrefix());
            store.prepare();
        }

        void start(String type) {
            start(new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, null));
        }

        void start(NewJob job) {
            try {
                transactions.inNew(null, () -> store.start(List.of(job)));
            } catch (Exception e) {
                throw new AssertionError("could not start " + job, e);
            }
        }

        @Override
        public void close() {
            transactions.database().drop();
            client.close();
        }
    }

    @Test
    void aStandaloneServerHasNoneAndTheMessageSaysWhatHas() {
        try (Place place = new Place(MongoServer.standalone())) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> place.notifier.subscribe(WAIT))
                    .withMessageContaining("standalone")
                    .withMessageContaining("replica set");
        }
    }

    @Test
    void whatHappenedBetweenTwoConnectionsIsToldByTheSecond() {
        try (Place place = new Place(MongoServer.replicaSet())) {
            try (Subscription first = place.notifier.subscribe(WAIT)) {
                place.start("before");
                assertThat(dueUntil(first, "before")).containsExactly("before");
            }
            place.start("between");
            try (Subscription second = place.notifier.subscribe(WAIT)) {
                place.start("after");

                assertThat(dueUntil(second, "after")).containsExactlyInAnyOrder("between", "after");
            }
        }
    }

    @Test
    void aServerWhoseHistoryIsTooShortIsAskedForWhatComesFromNowOn() {
        try (Place place = new Place(MongoServer.replicaSet())) {
            try (Subscription first = place.notifier.subscribe(WAIT)) {
                place.start("before");
                dueUntil(first, "before");
            }
            failNext(place, "aggregate", HISTORY_LOST);
            assertThatExceptionOfType(MongoCommandException.class)
                    .isThrownBy(() -> place.notifier.subscribe(WAIT))
                    .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(HISTORY_LOST));
            place.start("lost");
            try (Subscription second = place.notifier.subscribe(WAIT)) {
                place.start("after");

                assertThat(dueUntil(second, "after")).containsExactly("after");
            }
        }
    }

    @Test
    void aCursorThatTheServerHasForgottenIsOpenedAgainWhereItWas() {
        try (Place place = new Place(MongoServer.replicaSet());
                Subscription subscription = place.notifier.subscribe(WAIT)) {
            place.start("before");
            dueUntil(subscription, "before");
            failNext(place, "getMore", CURSOR_NOT_FOUND);
            place.start("after");

            assertThat(dueUntil(subscription, "after")).containsExactly("after");
        }
    }

    @Test
    void aCollectionThatIsDroppedEndsTheStreamAndTheNextOneIsNew() {
        try (Place place = new Place(MongoServer.replicaSet())) {
            try (Subscription subscription = place.notifier.subscribe(WAIT)) {
                place.transactions.database().getCollection("jobqueue_job").drop();

                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> dueUntil(subscription, "never"))
                        .withMessageContaining("dropped");
            }
            try (Subscription next = place.notifier.subscribe(WAIT)) {
                place.start("after");

                assertThat(dueUntil(next, "after")).containsExactly("after");
            }
        }
    }

    /** The server may write a change of many fields as a whole document. */
    @Test
    void aJobThatComesAsReplacedIsToldAsOneThatWasUpdated() {
        try (Place place = new Place(MongoServer.replicaSet())) {
            place.start("replaced");
            MongoCollection<Document> jobs = place.transactions.database().getCollection("jobqueue_job");
            Document job = jobs.find().first();
            try (Subscription subscription = place.notifier.subscribe(WAIT)) {
                jobs.replaceOne(id(job), job.append(Fields.PRIORITY, 9));
                assertThat(dueUntil(subscription, "replaced")).containsExactly("replaced");
                jobs.replaceOne(id(job), job.append(Fields.STATUS, Status.CANCELLED.name()));
                place.start("after");

                Notifications told = Notifications.NONE;
                while (told.over().isEmpty() && !told.due().contains("after")) {
                    told = subscription.next();
                }
                assertThat(told.over()).containsExactly(Ids.chainId(job.get(Fields.ID)));
                assertThat(told.lost()).containsExactly(Ids.jobId(job.get(Fields.ID)));
            }
        }
    }

    @Test
    void aJobUnderAChosenIdIsToldAsAnyOther() {
        UUID chosen = UUID.randomUUID();
        try (Place place = new Place(MongoServer.replicaSet());
                Subscription subscription = place.notifier.subscribe(WAIT)) {
            place.start(new NewJob("chosen", "{}", Schedule.NOW, Blockers.NONE, null, null, chosen));

            assertThat(dueUntil(subscription, "chosen")).containsExactly("chosen");
        }
    }

    @Test
    void aServerThatIsKilledAndComesBackIsListenedToAgainFromWhereItWas() {
        try (MongoServer server = MongoServer.ownReplicaSet();
                Place place = new Place(server)) {
            try (Subscription subscription = place.notifier.subscribe(WAIT)) {
                place.start("before");
                dueUntil(subscription, "before");
            }
            server.kill();
            server.startAgain();
            place.start("meanwhile");

            try (Subscription subscription = place.notifier.subscribe(WAIT)) {
                assertThat(dueUntil(subscription, "meanwhile")).containsExactly("meanwhile");
            }
        }
    }

    private static Document id(Document job) {
        return new Document(Fields.ID, job.get(Fields.ID));
    }

    private static Set<String> dueUntil(Subscription subscription, String type) {
        Set<String> due = new HashSet<>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!due.contains(type)) {
            assertThat(System.nanoTime()).as("told only of %s", due).isLessThan(deadline);
            due.addAll(subscription.next().due());
        }
        return due;
    }

    /** The server's next answer to a command is an error. */
    private static void failNext(Place place, String command, int errorCode) {
        place.client
                .getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "failCommand")
                        .append("mode", new Document("times", 1))
                        .append("data", new Document("errorCode", errorCode).append("failCommands", List.of(command))));
    }
}
