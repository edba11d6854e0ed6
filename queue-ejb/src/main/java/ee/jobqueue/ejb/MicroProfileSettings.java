package ee.jobqueue.ejb;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.JobType;
import ee.jobqueue.engine.Backoff;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.Settings;
import ee.jobqueue.engine.TypeSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Reads all settings of the engine, in one place, and checks them as a whole. What each means is in the configuration
 * page of the documentation. A setting of a type, {@code jobqueue.type.NAME.…}, goes before the one for all types, {@code
 * jobqueue.…}.
 */
final class MicroProfileSettings {

    private static final String PREFIX = "jobqueue.";
    private static final int MAX_CONCURRENCY = 1_000;
    private static final String TYPES = "names of types that have processors here, separated by commas";

    private final Config config;

    private MicroProfileSettings(Config config) {
        this.config = config;
    }

    /** Whether the queue has a say in the server's readiness. */
    static boolean healthEnabled(Config config) {
        return new MicroProfileSettings(config).flag("health.enabled", true);
    }

    /** Whether the store's notifier is used, if it has one. */
    static boolean notifierEnabled(Config config) {
        return new MicroProfileSettings(config)
                .value("notifier", String.class, "auto", v -> v.equals("auto") || v.equals("none"), "auto or none")
                .equals("auto");
    }

    /**
     * Reads them.
     *
     * @param config where from
     * @param processors whose types may have settings of their own
     * @return the settings
     * @throws InvalidConfigurationException for the first that is not valid
     */
    static Settings read(Config config, Collection<ProcessorRegistration> processors) {
        return new MicroProfileSettings(config).read(processors);
    }

    private Settings read(Collection<ProcessorRegistration> processors) {
        flag("health.enabled", true);
        notifierEnabled(config);
        Duration lease = duration("worker.lease", Duration.ofSeconds(30), d -> isAtLeast(d, 1_000), "at least PT1S");
        Duration renew = duration(
                "worker.renew-interval",
                lease.dividedBy(3),
                d -> isAtLeast(d, 100) && d.multipliedBy(3).compareTo(lease) <= 0,
                "at least PT0.1S and at most a third of jobqueue.worker.lease, which is " + lease);
        Map<String, TypeSettings> byType = new HashMap<>();
        TypeSettings byDefault = typeSettings("", new TypeSettings(25, Backoff.DEFAULT, null));
        for (ProcessorRegistration processor : processors) {
            JobType type = processor.inputClass().getAnnotation(JobType.class);
            if (type != null) {
                byType.put(type.value(), typeSettings("type." + type.value() + ".", byDefault));
            }
        }
        return new Settings(
                config.getOptionalValue(PREFIX + "worker.name", String.class)
                        .orElseGet(MicroProfileSettings::serverName),
                flag("worker.enabled", true),
                value("worker.concurrency", Integer.class, 10, v -> v >= 1 && v <= MAX_CONCURRENCY, "1 to 1000"),
                lease,
                renew,
                duration("worker.poll-interval", Duration.ofSeconds(1), d -> isAtLeast(d, 10), "at least PT0.01S"),
                duration("worker.drain-timeout", Duration.ofSeconds(20), d -> !d.isNegative(), "not negative"),
                value("payload.max-size", Long.class, 262_144L, v -> v >= 1, "a number of bytes, at least 1"),
                byDefault,
                byType,
                types(byType.keySet()));
    }

    /** What this server runs, of the types that have processors. */
    private Optional<Set<String>> types(Set<String> known) {
        return given("worker.types", String.class).map(list -> {
            Set<String> named = Pattern.compile(",")
                    .splitAsStream(list)
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            valid("worker.types", list, given -> !named.isEmpty(), TYPES);
            named.forEach(name -> valid("worker.types", name, known::contains, nearestTo(name, known)));
            return named;
        });
    }

    private static String nearestTo(String name, Set<String> known) {
        return TYPES
                + known.stream()
                        .min(Comparator.comparing((String type) -> EditDistance.between(name, type))
                                .thenComparing(type -> type))
                        .map(nearest -> ", like '" + nearest + "'; known are " + new TreeSet<>(known))
                        .orElse("; none is known");
    }

    private TypeSettings typeSettings(String scope, TypeSettings fallback) {
        Backoff backoff = fallback.backoff();
        Duration initial =
                duration(scope + "backoff.initial", backoff.initial(), d -> isAtLeast(d, 1), "at least PT0.001S");
        return new TypeSettings(
                value(
                        scope + "max-attempts",
                        Integer.class,
                        fallback.maxAttempts(),
                        v -> v >= 0,
                        "at least 0; 0 for no limit"),
                new Backoff(
                        initial,
                        value(
                                scope + "backoff.multiplier",
                                Double.class,
                                backoff.multiplier(),
                                v -> v >= 1,
                                "at least 1"),
                        duration(
                                scope + "backoff.max",
                                longer(backoff.max(), initial),
                                d -> d.compareTo(initial) >= 0,
                                "not shorter than " + PREFIX + scope + "backoff.initial, which is " + initial),
                        value(
                                scope + "backoff.jitter",
                                Double.class,
                                backoff.jitter(),
                                v -> v >= 0 && v <= 1,
                                "0 to 1")),
                optionalDuration(scope + "timeout", fallback.timeout()));
    }

    private @Nullable Duration optionalDuration(String name, @Nullable Duration fallback) {
        return given(name, Duration.class)
                .map(given -> valid(name, given, d -> isAtLeast(d, 1_000), "a duration of at least PT1S"))
                .orElse(fallback);
    }

    /** MicroProfile reads any text as a boolean, a misspelt "true" as false; here it is refused. */
    private boolean flag(String name, boolean fallback) {
        String text = value(
                name,
                String.class,
                String.valueOf(fallback),
                v -> v.equalsIgnoreCase("true") || v.equalsIgnoreCase("false"),
                "true or false");
        return Boolean.parseBoolean(text);
    }

    private Duration duration(String name, Duration fallback, Predicate<Duration> rule, String text) {
        return value(name, Duration.class, fallback, rule, "an ISO 8601 duration like PT30S, " + text);
    }

    private <T> T value(String name, Class<T> type, T fallback, Predicate<T> rule, String text) {
        return valid(name, given(name, type).orElse(fallback), rule, text);
    }

    private <T> Optional<T> given(String name, Class<T> type) {
        try {
            return config.getOptionalValue(PREFIX + name, type);
        } catch (IllegalArgumentException e) {
            String raw = config.getConfigValue(PREFIX + name).getRawValue();
            throw new InvalidConfigurationException(
                    PREFIX + name,
                    "'" + raw + "' cannot be read as " + type.getSimpleName() + " (" + e.getMessage() + ")");
        }
    }

    private static <T> T valid(String name, T value, Predicate<T> rule, String text) {
        if (!rule.test(value)) {
            throw new InvalidConfigurationException(
                    PREFIX + name, "'" + value + "' is not allowed; it must be " + text);
        }
        return value;
    }

    private static boolean isAtLeast(Duration duration, long millis) {
        return duration.compareTo(Duration.ofMillis(millis)) >= 0;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static String serverName() {
        return "server-" + ProcessHandle.current().pid();
    }
}
