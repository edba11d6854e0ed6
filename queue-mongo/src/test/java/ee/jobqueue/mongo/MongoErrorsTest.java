package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which errors may vanish in a new transaction, and which of them say that MongoDB does not answer. */
class MongoErrorsTest {

    private static final ServerAddress SERVER = new ServerAddress();

    /** An application may throw what it likes, a child of the driver's error too. */
    @Test
    void anErrorThatCannotBeAskedIsNoneOfThem() {
        MongoException odd = new MongoException(112, "x") {
            private static final long serialVersionUID = 1L;

            @Override
            public int getCode() {
                throw new StackOverflowError();
            }

            @Override
            public boolean hasErrorLabel(String label) {
                throw new AssertionError("it cannot be asked");
            }

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("it cannot be asked");
            }
        };

        assertThat(MongoErrors.isTransient(new RuntimeException("x", odd))).isFalse();
        assertThat(MongoErrors.isOutage(odd)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "112, true, false",
        "24, true, false",
        "251, true, false",
        "10107, true, true",
        "13435, true, true",
        "10058, true, true",
        "189, true, true",
        "91, true, true",
        "11600, true, true",
        "11602, true, true",
        "13436, true, true",
        "6, true, true",
        "7, true, true",
        "89, true, true",
        "9001, true, true",
        "50, true, false",
        "11000, false, false",
        "13, false, false"
    })
    void aConflictIsTransientAndAServerThatIsNoPrimaryIsAnOutageToo(int code, boolean isTransient, boolean isOutage) {
        Exception error = new CommitFailedException("refused", answer(code));

        assertThat(MongoErrors.isTransient(error)).isEqualTo(isTransient);
        assertThat(MongoErrors.isOutage(error)).isEqualTo(isOutage);
    }

    @Test
    void aConnectionThatBreaksOrCannotBeHadIsAnOutageAndTransient() {
        assertThat(List.of(
                        new MongoSocketReadException("broken", SERVER),
                        new MongoTimeoutException("no primary"),
                        new MongoNotPrimaryException(new BsonDocument(), SERVER)))
                .allSatisfy(error -> {
                    assertThat(MongoErrors.isOutage(new IllegalStateException(error)))
                            .isTrue();
                    assertThat(MongoErrors.isTransient(new IllegalStateException(error)))
                            .isTrue();
                });
    }

    @Test
    void whatTheServerCallsTransientIsAndABrokenConnectionWithThatLabelIsAnOutageStill() {
        BsonArray labels = new BsonArray(List.of(new BsonString(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)));
        MongoException conflict = new MongoCommandException(
                new BsonDocument("code", new BsonInt32(1)).append("errorLabels", labels), SERVER);
        MongoException broken = new MongoSocketReadException("broken", SERVER);
        broken.addLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);

        assertThat(MongoErrors.isTransient(conflict)).isTrue();
        assertThat(MongoErrors.isOutage(conflict)).isFalse();
        assertThat(MongoErrors.isOutage(broken)).isTrue();
    }

    @Test
    void aServerThatIsGoneIsAnOutageOfTheStore() {
        try (MongoServer server = MongoServer.ownReplicaSet();
                MongoClient client = impatientClient(server)) {
            MongoTransactions transactions = new MongoTransactions(client, "jobqueue_" + new ObjectId());
            MongoJobStore store = new MongoJobStore(transactions, MongoSettings.read(property -> Optional.empty()));
            store.prepare();
            server.kill();

            Throwable refusal = catchThrowable(store::counts);

            assertThat(refusal)
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e.isTransient()).isTrue());
            assertThat(store.isOutage(refusal)).isTrue();
        }
    }

    private static MongoClient impatientClient(MongoServer server) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.uri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(500, TimeUnit.MILLISECONDS))
                .build());
    }

    private static MongoException answer(int code) {
        return new MongoCommandException(new BsonDocument("code", new BsonInt32(code)), SERVER);
    }
}
