package ee.jobqueue.mongo.server;

import ee.jobqueue.mongo.MongoServer;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds applications as a user would: classes, and the queue's modules with the driver in {@code WEB-INF/lib}. */
final class TestWar {

    /** How the names of the libraries begin that a user's WAR has. */
    private static final List<String> LIBRARIES =
            List.of("queue-api", "queue-ejb", "queue-mongo", "mongodb-driver-", "bson-", "jspecify");

    private TestWar() {}

    /** The application of these tests, with all that is in its package, on a database of its own. */
    static WebArchive booking() {
        return booking("booking.war", "booking-" + UUID.randomUUID());
    }

    /** The application of these tests on a database of this name. */
    static WebArchive booking(String name, String database) {
        return empty(
                        name,
                        Map.of(
                                "jobqueue.mongo.uri",
                                MongoServer.replicaSet().uri(),
                                "jobqueue.mongo.database",
                                database,
                                "jobqueue.backoff.initial",
                                "PT0.05S"))
                .addPackage("ee.jobqueue.mongo.server.app");
    }

    /** An application without classes. */
    static WebArchive empty(String name, Map<String, String> configuration) {
        String properties = configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibraries(libraries())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
    }

    private static File[] libraries() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(File::new)
                .filter(file ->
                        file.getName().endsWith(".jar") && !file.getName().endsWith("-tests.jar"))
                .filter(file -> LIBRARIES.stream().anyMatch(file.getName()::startsWith))
                .toArray(File[]::new);
    }
}
