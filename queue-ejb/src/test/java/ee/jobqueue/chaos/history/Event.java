package ee.jobqueue.chaos.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that happened, as one line of a file. Immutable.
 *
 * @param millis when, by the clock of the machine
 * @param who the process that says so
 * @param what what
 * @param details more about it, by name
 * @since 0.1
 */
public record Event(long millis, String who, What what, Map<String, String> details) {

    private static final String SEPARATOR = "\t";

    /**
     * A detail.
     *
     * @param name its name
     * @return the detail; empty when there is none of that name
     */
    public String detail(String name) {
        return details.getOrDefault(name, "");
    }

    /**
     * Whether a detail has a value.
     *
     * @param name its name
     * @param value the value
     * @return whether it has
     */
    public boolean has(String name, String value) {
        return detail(name).equals(value);
    }

    /**
     * A detail that is a number.
     *
     * @param name its name
     * @return the number
     */
    public long number(String name) {
        return Long.parseLong(detail(name));
    }

    /** As it is in the file, without the end of the line. */
    String line() {
        return String.join(SEPARATOR, Long.toString(millis), who, what.name())
                + details.entrySet().stream()
                        .map(detail -> SEPARATOR + detail.getKey() + "=" + oneLine(detail.getValue()))
                        .collect(Collectors.joining());
    }

    static Event parse(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 3; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            details.put(pair[0], pair[1]);
        }
        return new Event(Long.parseLong(parts[0]), parts[1], What.valueOf(parts[2]), details);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
