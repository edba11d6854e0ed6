package ee.jobqueue.chaos;

import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.What;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the processors and listeners have written of each attempt. */
final class Attempts {

    /** An attempt's token: no two attempts have the same. */
    record Key(String job, int number) {

        static Key of(Event event) {
            return new Key(event.detail("job"), (int) event.number("attempt"));
        }
    }

    /**
     * All that is known of one attempt.
     *
     * @param key its token
     * @param begun when it began; more than once when two processes took it for theirs
     * @param told what it was told before it returned
     * @param ended how it ended, as listeners were told
     */
    record Trace(Key key, List<Event> begun, List<Event> told, List<Event> ended) {

        String who() {
            return begun.get(0).who();
        }

        boolean endedAs(String end) {
            return ended.stream().anyMatch(event -> event.has("end", end));
        }

        boolean wasTold(String reason) {
            return told.stream().anyMatch(event -> event.has("reason", reason));
        }
    }

    private final Map<Key, Trace> traces = new LinkedHashMap<>();

    Attempts(History history) {
        history.of(What.BEGUN).forEach(event -> trace(event).begun().add(event));
        history.of(What.TOLD).forEach(event -> trace(event).told().add(event));
        // One that began in the round before has ended in it, unless nobody knows of it.
        history.of(What.ENDED)
                .filter(event -> traces.containsKey(Key.of(event)))
                .forEach(event -> trace(event).ended().add(event));
    }

    private Trace trace(Event event) {
        return traces.computeIfAbsent(
                Key.of(event), key -> new Trace(key, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    Collection<Trace> all() {
        return traces.values();
    }

    /** The attempts that some processes have begun and not ended. */
    List<Trace> running(Set<String> processes) {
        return traces.values().stream()
                .filter(trace -> !trace.begun().isEmpty() && trace.ended().isEmpty() && processes.contains(trace.who()))
                .toList();
    }

    /** How many came to nothing: they ended without their job, or did not end. */
    long lost() {
        return traces.values().stream()
                .filter(trace -> trace.ended().isEmpty() || trace.endedAs("ABANDONED"))
                .count();
    }
}
