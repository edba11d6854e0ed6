package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a MongoDB transaction when the server's transaction manager commits it or rolls it back. */
class LastParticipantTest {

    private static final Xid XID = new Xid() {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    };

    private static MongoServer server;
    private static MongoClient client;

    private final CountDownLatch inserting = new CountDownLatch(1);
    private final MongoClient observed = observed(inserting);
    private MongoCollection<Document> documents;
    private final List<MongoException> failures = new ArrayList<>();
    private GuardedSession session;
    private LastParticipant participant;
    private ClientSession view;

    @BeforeAll
    static void startServer() {
        server = MongoServer.ownReplicaSet();
        client = MongoClients.create(server.uri());
    }

    @AfterAll
    static void endServer() {
        if (server != null) {
            client.close();
            server.close();
        }
    }

    @BeforeEach
    void begin() {
        documents = observed.getDatabase("test").getCollection("documents" + UUID.randomUUID());
        documents.insertOne(new Document("_id", 0));
        ClientSession begun = observed.startSession();
        begun.startTransaction();
        session = new GuardedSession(observed, begun);
        participant = new LastParticipant(session, failures::add);
        view = session.view();
    }

    @AfterEach
    void end() {
        fail(new Document("configureFailPoint", "failCommand").append("mode", "off"));
        participant.rollback(XID);
        observed.close();
    }

    @Test
    void aCommitKeepsWhatWasWritten() throws XAException {
        documents.insertOne(view, new Document("_id", 1));
        assertThat(count()).as("before the commit").isEqualTo(1);

        participant.commit(XID, true);

        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aRollbackLeavesNothing() {
        documents.insertOne(view, new Document("_id", 1));

        participant.rollback(XID);

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void afterTheEndNothingIsWrittenWithoutATransaction() {
        documents.insertOne(view, new Document("_id", 1));
        participant.rollback(XID);

        assertThatIllegalStateException()
                .isThrownBy(() -> documents.insertOne(view, new Document("_id", 2)))
                .withMessageContaining("is over");

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whoUsesTheSessionCannotEndItsTransaction() {
        documents.insertOne(view, new Document("_id", 1));

        List.<Runnable>of(view::commitTransaction, view::abortTransaction, view::startTransaction, view::close)
                .forEach(end -> assertThatIllegalStateException()
                        .isThrownBy(end::run)
                        .withMessageContaining("JTA transaction"));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseAnswersAreLostIsSentAgain() throws XAException {
        documents.insertOne(view, new Document("_id", 1));
        failCommit(new Document("times", 3), new Document("closeConnection", true));

        participant.commit(XID, true);

        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aCommitThatIsNeverAnsweredIsUnknownAndNotRolledBack() {
        documents.insertOne(view, new Document("_id", 1));
        failCommit("alwaysOn", new Document("closeConnection", true));

        assertThatExceptionOfType(XAException.class)
                .isThrownBy(() -> participant.commit(XID, true))
                .satisfies(e -> assertThat(e.errorCode).isEqualTo(XAException.XAER_RMFAIL))
                .withMessageContaining("not known");
    }

    @Test
    void aCommitThatTheServerRefusesForNowIsATransientRollback() {
        documents.insertOne(view, new Document("_id", 1));
        failCommit(
                new Document("times", 1),
                new Document("errorCode", 251).append("errorLabels", List.of("TransientTransactionError")));

        assertThatExceptionOfType(XAException.class)
                .isThrownBy(() -> participant.commit(XID, true))
                .satisfies(e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBTRANSIENT))
                .withCauseInstanceOf(MongoException.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    void aCommitThatTheServerRefusesForGoodIsARollback() {
        documents.insertOne(view, new Document("_id", 1));
        failCommit(new Document("times", 1), new Document("errorCode", 13));

        assertThatExceptionOfType(XAException.class)
                .isThrownBy(() -> participant.commit(XID, true))
                .satisfies(e -> assertThat(e.errorCode).isEqualTo(XAException.XA_RBROLLBACK));
    }

    @Test
    void aRollbackOnAnotherThreadWaitsForTheOperationThatIsUnderWayAndUndoesIt() throws Exception {
        fail(new Document("configureFailPoint", "failCommand")
                .append("mode", new Document("times", 1))
                .append(
                        "data",
                        new Document("failCommands", List.of("insert"))
                                .append("blockConnection", true)
                                .append("blockTimeMS", 700)));
        CompletableFuture<Void> insert =
                CompletableFuture.runAsync(() -> documents.insertOne(view, new Document("_id", 1)));
        assertThat(inserting.await(30, TimeUnit.SECONDS)).isTrue();

        participant.rollback(XID);

        assertThat(insert).failsWithin(30, TimeUnit.SECONDS);
        assertThatNoException()
                .as("no transaction is left that holds the document")
                .isThrownBy(() -> client.getDatabase("test")
                        .getCollection(documents.getNamespace().getCollectionName())
                        .withTimeout(2, TimeUnit.SECONDS)
                        .insertOne(new Document("_id", 1)));
    }

    private long count() {
        return client.getDatabase("test")
                .getCollection(documents.getNamespace().getCollectionName())
                .countDocuments();
    }

    private static void failCommit(Object mode, Document how) {
        fail(new Document("configureFailPoint", "failCommand")
                .append("mode", mode)
                .append("data", how.append("failCommands", List.of("commitTransaction"))));
    }

    private static void fail(Document failPoint) {
        client.getDatabase("admin").runCommand(failPoint);
    }

    /** A client that tells of inserts within transactions. */
    private static MongoClient observed(CountDownLatch inserting) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.uri()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (event.getCommandName().equals("insert")
                                && event.getCommand().containsKey("autocommit")) {
                            inserting.countDown();
                        }
                    }
                })
                .build());
    }
}
