package ee.jobqueue.chaos.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What all processes have written down, by time. Immutable.
 *
 * @param events all events
 * @since 0.1
 */
public record History(List<Event> events) {

    /** Copies the list. */
    public History {
        events = List.copyOf(events);
    }

    /**
     * Reads what there is by now.
     *
     * @param folder the folder of the files
     * @return the history
     */
    public static History read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Event> events = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(HistoryFile.SUFFIX))
                    .sorted()
                    .toList()) {
                events.addAll(eventsIn(file));
            }
            events.sort(Comparator.comparingLong(Event::millis));
            return new History(events);
        } catch (IOException e) {
            throw new UncheckedIOException("no history in " + folder, e);
        }
    }

    private static List<Event> eventsIn(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        // What comes after the last line's end is being written, or its writer was killed.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Event::parse)
                .toList();
    }

    /**
     * The events of a kind.
     *
     * @param what the kind
     * @return its events, by time
     */
    public Stream<Event> of(What what) {
        return events.stream().filter(event -> event.what() == what);
    }

    /**
     * What is to be told about something.
     *
     * @param isAbout which events are about it
     * @return their lines
     */
    public List<String> told(Predicate<Event> isAbout) {
        long begin = events.isEmpty() ? 0 : events.get(0).millis();
        return events.stream()
                .filter(isAbout)
                .map(event -> "%8d ms  %-12s %-14s %s"
                        .formatted(event.millis() - begin, event.who(), event.what(), event.details()))
                .toList();
    }
}
