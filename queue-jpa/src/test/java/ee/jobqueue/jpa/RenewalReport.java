package ee.jobqueue.jpa;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Says of a flight recording how long renewals took, and what else happened while the longest ones waited. */
final class RenewalReport {

    private static final int LONGEST = 10;
    private static final Duration WORTH_NAMING = Duration.ofMillis(20);
    private static final List<String> PHASES = List.of("thread", "transaction", "statement", "commit");

    private final List<RecordedEvent> renewals;
    private final List<RecordedEvent> others;

    private RenewalReport(List<RecordedEvent> events) {
        this.renewals = events.stream()
                .filter(event -> event.getEventType().getName().equals(RenewalEvent.NAME))
                .sorted(Comparator.comparing(RenewalReport::took))
                .toList();
        this.others = events.stream()
                .filter(event -> !event.getEventType().getName().equals(RenewalEvent.NAME)
                        && event.getDuration().compareTo(WORTH_NAMING) > 0)
                .toList();
    }

    static RenewalReport of(Path recording) throws IOException {
        return new RenewalReport(RecordingFile.readAllEvents(recording));
    }

    int renewals() {
        return renewals.size();
    }

    @Override
    public String toString() {
        String phases = PHASES.stream()
                .map(phase -> "| %s | %s |%n".formatted(phase, percentiles(phase)))
                .collect(Collectors.joining());
        String longest = renewals.stream()
                .skip(Math.max(0, renewals.size() - LONGEST))
                .sorted(Comparator.comparing(RenewalReport::took).reversed())
                .map(this::line)
                .collect(Collectors.joining());
        return "%d renewals%n%n| waited for | p50 / p99 / longest, ms |%n| --- | --- |%n%s%nThe longest:%n%n%s"
                .formatted(renewals.size(), phases, longest);
    }

    private String percentiles(String phase) {
        List<Long> sorted = renewals.stream()
                .map(event -> event.getDuration(phase).toMillis())
                .sorted()
                .toList();
        int last = sorted.size() - 1;
        return sorted.isEmpty()
                ? "none"
                : sorted.get(last / 2) + " / " + sorted.get((int) (last * 0.99)) + " / " + sorted.get(last);
    }

    private String line(RecordedEvent renewal) {
        Instant end = renewal.getEndTime();
        Instant begin = end.minus(took(renewal));
        String phases = PHASES.stream()
                .map(phase -> phase + " " + renewal.getDuration(phase).toMillis())
                .collect(Collectors.joining(", "));
        Map<String, Long> meanwhile = new TreeMap<>();
        others.stream()
                .filter(event ->
                        event.getStartTime().isBefore(end) && event.getEndTime().isAfter(begin))
                .forEach(event -> meanwhile.merge(
                        event.getEventType().getName(), event.getDuration().toMillis(), Math::max));
        return "* %d ms (%s); meanwhile, at most, in ms: %s%n"
                .formatted(took(renewal).toMillis(), phases, meanwhile);
    }

    private static Duration took(RecordedEvent renewal) {
        return PHASES.stream().map(renewal::getDuration).reduce(Duration.ZERO, Duration::plus);
    }
}
