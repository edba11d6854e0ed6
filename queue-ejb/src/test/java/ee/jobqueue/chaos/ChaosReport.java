package ee.jobqueue.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What all rounds of a run have given, as a table in a page of the documentation, between two marks. For use by one
 * thread.
 *
 * @since 0.1
 */
public final class ChaosReport {

    private static final String BEGIN = "<!-- what the rounds gave, written by them -->";
    private static final String END = "<!-- until here -->";

    private record Row(String database, String nemesis) {}

    private final Map<Row, List<RoundResult>> results = new LinkedHashMap<>();

    /** A report of no round yet. */
    public ChaosReport() {}

    /**
     * Adds a round.
     *
     * @param result what it has given
     */
    public void add(RoundResult result) {
        results.computeIfAbsent(new Row(result.database(), result.nemesis()), row -> new ArrayList<>())
                .add(result);
    }

    /**
     * Writes the table into a page, in the place of the one that is there; or a new page.
     *
     * @param page the page
     */
    public void write(Path page) {
        try {
            String old = Files.exists(page) ? Files.readString(page) : BEGIN + END + "\n";
            int begin = old.indexOf(BEGIN) + BEGIN.length();
            int end = old.indexOf(END, begin);
            Files.writeString(page, old.substring(0, begin) + "\n\n" + table() + "\n" + old.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException("the report could not be written to " + page, e);
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder("""
                | database | nemesis | rounds | chains | attempts | attempts lost | leases lost | excused | violations |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        results.forEach((row, rounds) -> table.append(line(row.database(), row.nemesis(), rounds)));
        return table.append(line(
                        "all",
                        "",
                        results.values().stream().flatMap(List::stream).toList()))
                .toString();
    }

    private static String line(String database, String nemesis, List<RoundResult> rounds) {
        return "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d |%n"
                .formatted(
                        database,
                        nemesis,
                        rounds.size(),
                        sum(rounds, RoundResult::chains),
                        sum(rounds, RoundResult::attempts),
                        sum(rounds, RoundResult::attemptsLost),
                        sum(rounds, RoundResult::leasesLost),
                        sum(rounds, round -> round.excused().size()),
                        sum(rounds, round -> round.violations().size()));
    }

    private static long sum(List<RoundResult> rounds, ToLongFunction<RoundResult> number) {
        return rounds.stream().mapToLong(number).sum();
    }
}
