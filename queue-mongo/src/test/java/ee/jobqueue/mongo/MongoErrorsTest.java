package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
        "112, CONFLICT",
        "251, CONFLICT",
        "46, CONFLICT",
        "225, CONFLICT",
        "239, CONFLICT",
        "246, CONFLICT",
        "24, TIMEOUT",
        "50, TIMEOUT",
        "262, TIMEOUT",
        "290, TIMEOUT",
        "11601, TIMEOUT",
        "10107, OUTAGE",
        "13435, OUTAGE",
        "10058, OUTAGE",
        "189, OUTAGE",
        "91, OUTAGE",
        "11600, OUTAGE",
        "11602, OUTAGE",
        "13436, OUTAGE",
        "133, OUTAGE",
        "134, OUTAGE",
        "202, OUTAGE",
        "6, OUTAGE",
        "7, OUTAGE",
        "89, OUTAGE",
        "9001, OUTAGE",
        "14031, OUTAGE",
        "13, PERMANENT",
        "18, PERMANENT",
        "20, PERMANENT",
        "121, PERMANENT",
        "10334, PERMANENT",
        "11000, PERMANENT"
    })
    void eachCodeIsOfOneKind(int code, ErrorKind kind) {
        Exception error = new CommitFailedException("refused", answer(code));

        assertThat(MongoErrors.isTransient(error)).isEqualTo(kind.isTransient());
        assertThat(MongoErrors.isOutage(error)).isEqualTo(kind.isOutage());
    }

    @Test
    void theDocumentationSaysWhatTheTableSays() throws IOException {
        StringBuilder table = new StringBuilder();
        for (ErrorKind kind : ErrorKind.values()) {
            table.append("| %s | %s |\n"
                    .formatted(
                            kind.name().toLowerCase(Locale.ROOT),
                            MongoErrors.ROWS.stream()
                                    .filter(row -> row.kind() == kind)
                                    .map(row -> "`%d` %s".formatted(row.code(), row.meaning()))
                                    .collect(Collectors.joining(" · "))));
        }
        assertThat(Files.readString(Path.of("../src/docs/failures.md"))).contains(table);
    }

    @Test
    void aWrongPasswordIsNoOutage() {
        MongoCredential credential = MongoCredential.createCredential("ada", "admin", new char[0]);
        MongoSecurityException refused = new MongoSecurityException(credential, "authentication failed", answer(18));

        assertThat(MongoErrors.isTransient(refused)).isFalse();
        assertThat(MongoErrors.isOutage(refused)).isFalse();
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
