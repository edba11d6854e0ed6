package ee.jobqueue.mongo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.mongo.MongoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Two applications, each with a worker, share the jobs of one database whose primary steps down in the middle of them. */
@ArquillianTest
@RunAsClient
class StepDownIT {

    /** Each is a chain of two jobs. */
    private static final int BOOKINGS = 1_000;

    private static final String DATABASE = "step-down-" + UUID.randomUUID();

    private final String run = UUID.randomUUID().toString();
    private final HttpClient client = HttpClient.newHttpClient();

    @Deployment(name = "first", testable = false)
    static WebArchive first() {
        return TestWar.booking("first.war", DATABASE);
    }

    @Deployment(name = "second", testable = false)
    static WebArchive second() {
        return TestWar.booking("second.war", DATABASE);
    }

    @Test
    void eachJobEndsExactlyOnceWhenThePrimaryStepsDown() throws Exception {
        assertThat(send("POST", "?count=" + BOOKINGS)).isEqualTo(BOOKINGS);
        await().atMost(Duration.ofSeconds(120)).until(() -> send("GET", "/confirmed") > 50);

        int atStepDown = send("GET", "/confirmed");
        MongoServer.replicaSet().stepDown(3);

        await().atMost(Duration.ofSeconds(240))
                .untilAsserted(() -> assertThat(send("GET", "/confirmed")).isGreaterThanOrEqualTo(BOOKINGS));
        assertThat(atStepDown).as("it was in the middle").isLessThan(BOOKINGS);
        for (String entry : List.of("/booked", "/confirmed")) {
            assertThat(send("GET", entry)).as("each once" + entry).isEqualTo(BOOKINGS);
            assertThat(send("GET", entry + "/distinct")).as("each" + entry).isEqualTo(BOOKINGS);
        }
    }

    private int send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://localhost:" + System.getProperty("liberty.http.port") + "/first/bookings/" + run + path);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Integer.parseInt(response.body().strip());
    }
}
