package ee.jobqueue.jpa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/**
 * Every data source of the project's server configurations names the time-outs that its driver has, so that a database or a
 * network that has vanished is noticed before the lease is over.
 */
class LibertyTimeOutsTest {

    private static final Path ROOT = Path.of("..");
    private static final long LEASE_MILLIS = 30_000;

    @ParameterizedTest
    @MethodSource("dataSources")
    void aDataSourceNamesTheTimeOutsOfItsDriver(String name, Element dataSource) {
        Map<String, String> settings = settings(dataSource);
        String driver = settings.values().toString();
        if (driver.contains("postgresql") || driver.contains("HaltingDataSource")) {
            assertThat(settings).containsEntry("tcpKeepAlive", "true");
            assertThat(seconds(settings, "cancelSignalTimeout")).isBetween(1L, 10L);
            assertThat(seconds(settings, "loginTimeout")).isBetween(1L, 10L);
            assertNoticedInTime(
                    1_000 * seconds(settings, "connectTimeout"), 1_000 * seconds(settings, "socketTimeout"));
            assertThat(settings.get("options")).matches("-c lock_timeout=\\d+s");
            assertThat(Long.parseLong(settings.get("options").replaceAll("\\D", "")))
                    .as("who waits for a lock is told by the database, not by a broken connection")
                    .isLessThan(seconds(settings, "socketTimeout"));
        } else if (driver.contains("mariadb") || driver.contains("mysql")) {
            assertNoticedInTime(inUrl(settings, "connectTimeout"), inUrl(settings, "socketTimeout"));
            assertThat(1_000 * inUrl(settings, "innodb_lock_wait_timeout"))
                    .as("who waits for a lock is told by the database, not by a broken connection")
                    .isLessThan(inUrl(settings, "socketTimeout"));
        } else if (driver.contains("sqlite")) {
            assertThat(Long.parseLong(settings.get("busyTimeout"))).isBetween(1L, LEASE_MILLIS / 2);
        } else if (driver.contains("jdbc:h2:file") || driver.contains("jdbc:h2:mem")) {
            assertThat(inUrl(settings, "LOCK_TIMEOUT")).isBetween(1L, LEASE_MILLIS / 2);
        } else {
            fail(name + " has a driver of which no time-out is known here: " + settings);
        }
    }

    @ParameterizedTest
    @MethodSource("connectionManagers")
    void aPoolDoesNotLetAnybodyWaitUntilTheLeaseIsOver(String name, Element connectionManager) {
        Map<String, String> settings = attributes(connectionManager);
        assertThat(seconds(settings, "connectionTimeout")).as(name).isBetween(1L, LEASE_MILLIS / 2_000);
        assertThat(settings).as(name).containsKeys("maxIdleTime", "reapTime");
    }

    /** Connected anew once, within what is left of the lease after a renewal that began at the last moment. */
    private static void assertNoticedInTime(long connectMillis, long socketMillis) {
        assertThat(connectMillis).isPositive();
        assertThat(socketMillis).isPositive();
        assertThat(LEASE_MILLIS / 3 + socketMillis + connectMillis).isLessThanOrEqualTo(LEASE_MILLIS);
    }

    static Stream<Object[]> dataSources() throws IOException {
        return elements("dataSource");
    }

    static Stream<Object[]> connectionManagers() throws IOException {
        return elements("connectionManager");
    }

    /** In all server configurations of the project, wherever they are. */
    private static Stream<Object[]> elements(String tag) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> file.toString().contains("/src/")
                            && !file.toString().contains("/target/"))
                    .flatMap(file -> elements(file, tag))
                    .toList()
                    .stream();
        }
    }

    private static Stream<Object[]> elements(Path file, String tag) {
        try {
            NodeList found = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName(tag);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> new Object[] {ROOT.relativize(file) + " " + i, found.item(i)});
        } catch (Exception e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** What it is told in its driver and its properties. */
    private static Map<String, String> settings(Element dataSource) {
        Map<String, String> settings = new TreeMap<>();
        for (String tag : List.of("jdbcDriver", "properties", "properties.postgresql")) {
            NodeList found = dataSource.getElementsByTagName(tag);
            for (int i = 0; i < found.getLength(); i++) {
                settings.put(tag, tag);
                settings.putAll(attributes((Element) found.item(i)));
            }
        }
        return settings;
    }

    private static Map<String, String> attributes(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        NamedNodeMap all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            attributes.put(all.item(i).getNodeName(), all.item(i).getNodeValue());
        }
        return attributes;
    }

    /** Whole seconds, as Open Liberty and PostgreSQL's driver have them. */
    private static long seconds(Map<String, String> settings, String name) {
        assertThat(settings).containsKey(name);
        return Long.parseLong(settings.get(name).replaceFirst("s$", ""));
    }

    private static long inUrl(Map<String, String> settings, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(settings.getOrDefault("URL", ""));
        assertThat(matcher.find()).as(name + " in " + settings.get("URL")).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
