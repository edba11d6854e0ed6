package ee.jobqueue.mongo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What is wrong with the configuration is said when the application deploys, without what is secret in it. */
@ArquillianTest
@RunAsClient
class RefusedDeploymentIT {

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "uri", managed = false, testable = false)
    static WebArchive invalidUri() {
        return TestWar.empty("uri.war", Map.of("jobqueue.mongo.uri", "mongodb://ada:open:sesame@one"));
    }

    @Test
    void aUriThatIsNoneIsNamedWithItsSettingAndWithoutItsPassword() throws IOException {
        assertThat(errorsOf("uri"))
                .contains("jobqueue.mongo.uri", "***@one", "percent-encoded")
                .doesNotContain("sesame");
    }

    /** What the server logs while an application is refused. */
    private String errorsOf(String deployment) throws IOException {
        Path log = Path.of(
                System.getProperty("liberty.home"),
                "usr/servers",
                System.getProperty("liberty.server"),
                "logs/messages.log");
        int before = (int) Files.size(log);
        assertThatThrownBy(() -> deployer.deploy(deployment)).isNotNull();
        deployer.undeploy(deployment);
        byte[] all = Files.readAllBytes(log);
        return new String(all, before, all.length - before, StandardCharsets.UTF_8);
    }
}
