package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.jobqueue.jpa.server.broken.DetachedProcessor;
import ee.jobqueue.jpa.server.broken.FirstNotifier;
import ee.jobqueue.jpa.server.broken.Lonely;
import ee.jobqueue.jpa.server.broken.LonelyProcessor;
import ee.jobqueue.jpa.server.broken.Opening;
import ee.jobqueue.jpa.server.broken.OpeningProcessor;
import ee.jobqueue.jpa.server.broken.SecondLonelyProcessor;
import ee.jobqueue.jpa.server.broken.SecondNotifier;
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

/** What is wrong with an application or its configuration is said when it deploys: what, where, and what to do. */
@ArquillianTest
@RunAsClient
class RefusedDeploymentIT {

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "missing", managed = false, testable = false)
    static WebArchive missingProcessor() {
        return TestWar.empty("missing.war", Map.of()).addClasses(Opening.class, Lonely.class, OpeningProcessor.class);
    }

    @Deployment(name = "twice", managed = false, testable = false)
    static WebArchive twoProcessors() {
        return TestWar.empty("twice.war", Map.of())
                .addClasses(
                        Opening.class,
                        Lonely.class,
                        OpeningProcessor.class,
                        LonelyProcessor.class,
                        SecondLonelyProcessor.class);
    }

    @Deployment(name = "detached", managed = false, testable = false)
    static WebArchive detachedProcessor() {
        return TestWar.empty("detached.war", Map.of())
                .addClasses(Opening.class, Lonely.class, OpeningProcessor.class, DetachedProcessor.class);
    }

    @Deployment(name = "setting", managed = false, testable = false)
    static WebArchive invalidSetting() {
        return TestWar.empty("setting.war", Map.of("jobqueue.worker.concurrency", "many"));
    }

    @Deployment(name = "source", managed = false, testable = false)
    static WebArchive unknownDataSource() {
        return TestWar.empty("source.war", Map.of("jobqueue.jpa.data-source", "jdbc/nowhere"));
    }

    @Deployment(name = "notifiers", managed = false, testable = false)
    static WebArchive twoNotifiers() {
        return TestWar.empty("notifiers.war", Map.of()).addClasses(FirstNotifier.class, SecondNotifier.class);
    }

    @Test
    void aTypeWithoutAProcessorIsNamed() throws IOException {
        assertThat(errorsOf("missing"))
                .contains("'lonely'", "no processor was found for", Lonely.class.getName(), "declare it external");
    }

    @Test
    void twoProcessorsOfOneTypeAreBothNamed() throws IOException {
        assertThat(errorsOf("twice"))
                .contains("'lonely'", LonelyProcessor.class.getName(), SecondLonelyProcessor.class.getName());
    }

    @Test
    void aProcessorThatWouldLeaveItsTransactionIsNamed() throws IOException {
        assertThat(errorsOf("detached")).contains(DetachedProcessor.class.getName(), "REQUIRES_NEW");
    }

    @Test
    void anInvalidSettingIsNamedWithItsValue() throws IOException {
        assertThat(errorsOf("setting")).contains("jobqueue.worker.concurrency", "'many'", "Integer");
    }

    @Test
    void aDataSourceThatDoesNotExistIsNamedWithItsSetting() throws IOException {
        assertThat(errorsOf("source")).contains("jobqueue.jpa.data-source", "jdbc/nowhere");
    }

    @Test
    void twoNotifiersAreBothNamed() throws IOException {
        assertThat(errorsOf("notifiers"))
                .contains("notifier", FirstNotifier.class.getName(), SecondNotifier.class.getName());
    }

    /** What the server logs while an application is refused. */
    private String errorsOf(String deployment) throws IOException {
        Path log = TestWar.serverFolder().resolve("logs/messages.log");
        int before = (int) Files.size(log);
        assertThatThrownBy(() -> deployer.deploy(deployment)).isNotNull();
        deployer.undeploy(deployment);
        byte[] all = Files.readAllBytes(log);
        return new String(all, before, all.length - before, StandardCharsets.UTF_8);
    }
}
