package ee.jobqueue.jpa.server;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds applications as a user would: classes, and the queue's modules with Hibernate in {@code WEB-INF/lib}. */
final class TestWar {

    /** How the names of the libraries begin that a user's WAR has. */
    private static final List<String> LIBRARIES = List.of(
            "queue-api",
            "queue-ejb",
            "queue-jpa",
            "hibernate-",
            "jboss-logging",
            "byte-buddy",
            "classmate",
            "antlr4-runtime",
            "jandex",
            "jspecify",
            "jaxb-",
            "txw2",
            "istack",
            "angus-activation");

    /** How the names of the libraries begin that the suite needs besides. */
    private static final List<String> SUITE_LIBRARIES = List.of(
            "junit-jupiter-api",
            "junit-jupiter-engine",
            "junit-platform-",
            "opentest4j",
            "assertj-",
            "awaitility",
            "hamcrest");

    private TestWar() {}

    /** Where the server is configured that Arquillian starts, and where it logs. */
    static Path serverFolder() {
        return Path.of(System.getProperty("liberty.home"), "usr", "servers", System.getProperty("liberty.server"));
    }

    /** The application of these tests, with all that is in its package. */
    static WebArchive booking() {
        return empty("booking.war", Map.of("jobqueue.backoff.initial", "PT0.05S"))
                .addPackage("ee.jobqueue.jpa.server.app");
    }

    /** An application without classes. */
    static WebArchive empty(String name, Map<String, String> configuration) {
        String properties = configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibraries(libraries(LIBRARIES))
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
    }

    /** What an application needs to run the suite. */
    static File[] suiteLibraries() {
        return libraries(SUITE_LIBRARIES);
    }

    private static File[] libraries(List<String> beginnings) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(File::new)
                .filter(file ->
                        file.getName().endsWith(".jar") && !file.getName().endsWith("-tests.jar"))
                .filter(file -> beginnings.stream().anyMatch(file.getName()::startsWith))
                .toArray(File[]::new);
    }
}
