package ee.jobqueue.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prints which store passed which part of the suite, and fails when a required store did not run, or did not pass all of it.
 * Reads what {@link ConformanceReport} wrote. Needs nothing but a JDK:
 *
 * <pre>{@code
 * java queue-ejb/src/test/java/ee/jobqueue/conformance/RequiredStores.java src/test/required-stores .
 * }</pre>
 *
 * <p>The first argument is a list with one store a line: its name alone when it is required; {@code name: reason} when it is
 * not run, for that reason; after {@code #} comes a comment. The second is the folder below which the reports are.
 */
final class RequiredStores {

    /** What a store's report tells: its version and traits, and for each part how many tests passed of how many. */
    private record Report(String version, String traits, Map<String, String> parts) {

        boolean isComplete() {
            return !parts.isEmpty() && parts.values().stream().allMatch(Report::isAll);
        }

        @Override
        public String toString() {
            return traits.isEmpty() ? version : version + ", traits: " + traits;
        }

        private static boolean isAll(String passedOfAll) {
            String[] counts = passedOfAll.split("/", -1);
            return counts.length == 2 && counts[0].equals(counts[1]);
        }
    }

    private RequiredStores() {}

    /**
     * Prints the table.
     *
     * @param arguments the list of the required stores, and the folder below which the reports are
     * @throws IOException when either cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected: the list of required stores, the folder of the reports");
        }
        Map<String, String> listed = listed(Path.of(arguments[0]));
        Map<String, Report> reports = reports(Path.of(arguments[1]));
        List<String> missing = print(listed, reports, System.out);
        if (!missing.isEmpty()) {
            System.err.println("required, but not passed in full: " + String.join(", ", missing));
            System.exit(1);
        }
    }

    private static List<String> print(Map<String, String> listed, Map<String, Report> reports, PrintStream out) {
        List<String> missing = new ArrayList<>();
        for (String place : new TreeSet<>(
                reports.keySet().stream().map(RequiredStores::placeOf).toList())) {
            Map<String, Report> there = new TreeMap<>(reports);
            there.keySet().removeIf(store -> !placeOf(store).equals(place));
            printParts(place, there, out);
            out.println();
        }
        for (Map.Entry<String, String> entry : listed.entrySet()) {
            Report report = reports.get(entry.getKey());
            boolean required = entry.getValue().isEmpty();
            if (report == null) {
                String reason = required ? "no report: its tests did not run" : entry.getValue();
                out.println("NOT RUN  " + entry.getKey() + ": " + reason);
            } else {
                out.println((report.isComplete() ? "PASSED   " : "FAILED   ") + entry.getKey() + " " + report);
            }
            if (required && (report == null || !report.isComplete())) {
                missing.add(entry.getKey());
            }
        }
        for (String store : new TreeSet<>(reports.keySet())) {
            if (!listed.containsKey(store)) {
                out.println("UNLISTED " + store + " " + reports.get(store));
            }
        }
        return missing;
    }

    /** Where a store ran: empty, or {@code in Open Liberty}. */
    private static String placeOf(String store) {
        int place = store.indexOf(" in ");
        return place < 0 ? "" : store.substring(place + 1);
    }

    private static void printParts(String place, Map<String, Report> reports, PrintStream out) {
        Map<String, Map<String, String>> table = new TreeMap<>();
        reports.forEach((store, report) -> report.parts()
                .forEach((part, count) ->
                        table.computeIfAbsent(part, key -> new TreeMap<>()).put(store, count)));
        out.printf("%-28s", place.isEmpty() ? "passed of all" : place);
        new TreeSet<>(reports.keySet())
                .forEach(store -> out.printf(
                        "%31s",
                        store.substring(0, store.length() - place.length()).strip()));
        out.println();
        table.forEach((part, counts) -> {
            out.printf("%-28s", part);
            new TreeSet<>(reports.keySet()).forEach(store -> out.printf("%31s", counts.getOrDefault(store, "-")));
            out.println();
        });
    }

    private static Map<String, String> listed(Path file) throws IOException {
        Map<String, String> stores = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String entry = line.replaceFirst("#.*", "").trim();
            if (!entry.isEmpty()) {
                String[] parts = entry.split(":", 2);
                stores.put(parts[0].trim(), parts.length == 2 ? parts[1].trim() : "");
            }
        }
        return stores;
    }

    private static Map<String, Report> reports(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(root, 4)) {
            files = found.filter(path -> path.endsWith(
                            Path.of("target", "conformance", path.getFileName().toString())))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        Map<String, Report> reports = new TreeMap<>();
        for (Path file : files) {
            Map<String, String> parts = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                String[] pair = line.split("=", 2);
                parts.put(pair[0], pair[1]);
            }
            String store = parts.remove("store");
            String version = parts.remove("version");
            reports.put(store, new Report(version, parts.remove("traits"), parts));
        }
        return reports;
    }
}
