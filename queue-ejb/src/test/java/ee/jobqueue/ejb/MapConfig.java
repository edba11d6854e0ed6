package ee.jobqueue.ejb;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration from a map, with the converters that MicroProfile Config has for these types. */
record MapConfig(Map<String, String> values) implements Config {

    private static final Map<Class<?>, Function<String, Object>> CONVERTERS = Map.of(
            String.class, text -> text,
            Integer.class, Integer::valueOf,
            Long.class, Long::valueOf,
            Double.class, Double::valueOf,
            Duration.class, MapConfig::duration);

    @Override
    public <T> T getValue(String name, Class<T> type) {
        return getOptionalValue(name, type).orElseThrow();
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name))
                .map(text -> type.cast(CONVERTERS.get(type).apply(text)));
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        return (ConfigValue) java.lang.reflect.Proxy.newProxyInstance(
                ConfigValue.class.getClassLoader(),
                new Class<?>[] {ConfigValue.class},
                (proxy, method, args) -> values.get(name));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return java.util.List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException("nothing is wrapped");
    }

    private static Object duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
