package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application that stops and starts again in the middle of work does all of it, each job once. */
@ArquillianTest
@RunAsClient
class RestartIT {

    private static final int BOOKINGS = 1_000;

    /** Tells this run's rows from those of an earlier one on the same database. */
    private final String run = UUID.randomUUID().toString();

    private final HttpClient client = HttpClient.newHttpClient();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "booking", managed = false, testable = false)
    static WebArchive application() {
        return TestWar.booking();
    }

    @Test
    void workGoesOnAfterAStopInTheMiddleOfIt() throws Exception {
        deployer.deploy("booking");
        assertThat(send("POST", "/bookings/" + run + "?count=" + BOOKINGS)).isEqualTo(BOOKINGS);
        await().atMost(Duration.ofSeconds(60)).until(() -> confirmed() > 50);

        deployer.undeploy("booking");
        deployer.deploy("booking");
        int atStart = confirmed();
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(confirmed()).isGreaterThanOrEqualTo(BOOKINGS));

        assertThat(confirmed()).as("each once").isEqualTo(BOOKINGS);
        assertThat(atStart).as("the stop was in the middle").isLessThan(BOOKINGS);
        deployer.undeploy("booking");
    }

    private int confirmed() throws IOException, InterruptedException {
        return send("GET", "/bookings/" + run);
    }

    private int send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + System.getProperty("liberty.http.port") + "/booking" + path);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Integer.parseInt(response.body().strip());
    }
}
