package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.conformance.ServerStoreContract;
import ee.jobqueue.ejb.ContainerTransactions;
import ee.jobqueue.jpa.ContainerHarness;
import ee.jobqueue.jpa.server.suite.SuiteServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The store passes its part of the conformance suite in the container's transactions, on the container's data source. */
@ArquillianTest
@RunAsClient
class StoreInContainerIT {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Deployment(testable = false)
    static WebArchive suite() {
        ServerDatabase database = ServerDatabase.current();
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("jobqueue.worker.enabled", "false");
        settings.put(SuiteServlet.STORE, database.reportName());
        settings.put(
                SuiteServlet.FOLDER,
                Path.of("target", "conformance").toAbsolutePath().toString());
        return TestWar.empty("suite.war", settings)
                .addPackage(SuiteServlet.class.getPackage())
                .addAsLibraries(TestWar.suiteLibraries())
                .addAsLibrary(harness());
    }

    /** The suite, and what runs it on the application's store. A library, since it contains no beans and no servlets. */
    private static JavaArchive harness() {
        return ShrinkWrap.create(JavaArchive.class, "harness.jar")
                .addPackage(ServerStoreContract.class.getPackage())
                .addClass(ContainerTransactions.class)
                .addPackages(
                        false,
                        Filters.include(".*/(ContainerHarness|SqlHarness)\\.class"),
                        ContainerHarness.class.getPackageName());
    }

    @Test
    void theStorePassesItsSuite() throws Exception {
        URI uri = URI.create("http://localhost:" + System.getProperty("liberty.http.port") + "/suite/run");

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .timeout(DEADLINE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
