package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoClientSettings;
import ee.jobqueue.InvalidConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {

    @Test
    void withoutAnySettingItIsTheServerOfThisMachine() {
        ClientSettings settings = read(Map.of());

        assertThat(settings.uri().getHosts()).containsExactly("localhost:27017");
        assertThat(settings.database()).isEqualTo("jobqueue");
    }

    @Test
    void theDatabaseIsTheOneThatIsNamedElseTheOneOfTheUri() {
        String uri = "mongodb://one/shop?replicaSet=rs";

        assertThat(read(Map.of(ClientSettings.URI, uri)).database()).isEqualTo("shop");
        assertThat(read(Map.of(ClientSettings.URI, uri, ClientSettings.DATABASE, "jobs"))
                        .database())
                .isEqualTo("jobs");
    }

    @Test
    void theServerIsLookedForAsLongAsTheUriSays() {
        assertThat(selectionSeconds("mongodb://one/?serverSelectionTimeoutMS=3000"))
                .isEqualTo(3);
        assertThat(selectionSeconds("mongodb://one/")).isEqualTo(10);
    }

    @Test
    void anAnswerIsWaitedForAsLongAsTheUriSaysAndNeverWithoutAnEnd() {
        assertThat(connectSeconds("mongodb://one/")).isEqualTo(5);
        assertThat(connectSeconds("mongodb://one/?connectTimeoutMS=2000")).isEqualTo(2);
        assertThat(answerSeconds("mongodb://one/")).isEqualTo(15);
        assertThat(answerSeconds("mongodb://one/?socketTimeoutMS=20000")).isEqualTo(20);
        assertThat(client("mongodb://one/?timeoutMS=8000").getTimeout(TimeUnit.SECONDS))
                .isEqualTo(8);
        assertThat(answerSeconds("mongodb://one/?timeoutMS=8000")).isZero();
    }

    @Test
    void whatIsNotAUriIsRefusedWithTheRule() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of(ClientSettings.URI, "localhost:27017")))
                .withMessageContaining(ClientSettings.URI)
                .withMessageContaining("'localhost:27017'")
                .withMessageContaining("mongodb://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://ada:se/cret@one",
                "mongodb://ada:se@cret@one/?w=majority",
                "mongo://ada:secret@one",
                "ada:secret@one",
                "mongodb://ada:secret@one:port",
                "mongodb://ada:se:cret@one"
            })
    void noRefusalShowsThePassword(String uri) {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of(ClientSettings.URI, uri)))
                .withMessageContaining("***@")
                .satisfies(refusal -> assertThat(refusal)
                        .hasNoCause()
                        .message()
                        .doesNotContain("cret")
                        .doesNotContain("ada"));
    }

    @Test
    void noTextShowsThePassword() {
        assertThat(read(Map.of(ClientSettings.URI, "mongodb://ada:secret@one/shop")))
                .hasToString("ClientSettings[uri=mongodb://***@one/shop, database=shop]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a/b"})
    void whatCannotBeADatabaseIsRefused(String name) {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of(ClientSettings.DATABASE, name)))
                .withMessageContaining(ClientSettings.DATABASE)
                .withMessageContaining("'" + name + "'");
    }

    private static long selectionSeconds(String uri) {
        return client(uri).getClusterSettings().getServerSelectionTimeout(TimeUnit.SECONDS);
    }

    private static int connectSeconds(String uri) {
        return client(uri).getSocketSettings().getConnectTimeout(TimeUnit.SECONDS);
    }

    private static int answerSeconds(String uri) {
        return client(uri).getSocketSettings().getReadTimeout(TimeUnit.SECONDS);
    }

    private static MongoClientSettings client(String uri) {
        return read(Map.of(ClientSettings.URI, uri)).client();
    }

    private static ClientSettings read(Map<String, String> properties) {
        return ClientSettings.read(name -> Optional.ofNullable(properties.get(name)));
    }
}
