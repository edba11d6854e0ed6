package ee.jobqueue.engine;

import ee.jobqueue.spi.AttemptLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The engine's settings, valid as a whole.
 *
 * @param workerName this server's name, for people
 * @param workerEnabled whether jobs run in this server
 * @param concurrency how many attempts run at once; at least 1
 * @param lease how long a worker that is silent keeps its jobs
 * @param renewInterval how often the lease is renewed; at most a third of it
 * @param pollInterval how often an idle worker asks for due jobs
 * @param drainTimeout how long a stopping worker waits for its running attempts
 * @param maxPayloadBytes the largest input or output, in bytes of UTF-8
 * @param byDefault how jobs of types that are not named are run
 * @param byType how jobs of the types that differ are run, by name
 * @param types the names of the types that this server runs, of those that it has processors for; empty for all of them
 * @since 0.1
 */
public record Settings(
        String workerName,
        boolean workerEnabled,
        int concurrency,
        Duration lease,
        Duration renewInterval,
        Duration pollInterval,
        Duration drainTimeout,
        long maxPayloadBytes,
        TypeSettings byDefault,
        Map<String, TypeSettings> byType,
        Optional<Set<String>> types) {

    /** Copies map and set. */
    public Settings {
        byType = Map.copyOf(byType);
        types = types.map(Set::copyOf);
    }

    /**
     * How jobs of a type are run.
     *
     * @param type the type's name
     * @return its settings
     */
    public TypeSettings of(String type) {
        return byType.getOrDefault(type, byDefault);
    }

    /** The types that this server runs, of those that it has processors for; empty for all of them. */
    Optional<Set<String>> typesToRun() {
        return workerEnabled ? types : Optional.of(Set.of());
    }

    AttemptLimits attemptLimits() {
        Map<String, Integer> limits = new HashMap<>();
        byType.forEach((type, settings) -> limits.put(type, settings.maxAttempts()));
        return new AttemptLimits(byDefault.maxAttempts(), limits);
    }
}
