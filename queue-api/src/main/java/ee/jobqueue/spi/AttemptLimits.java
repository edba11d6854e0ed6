package ee.jobqueue.spi;

import java.util.Map;

/**
 * How many failed attempts a job may have before it is {@link ee.jobqueue.Status#FAILED}.
 *
 * @param byDefault the limit of types that are not named; 0 for no limit
 * @param byType the limits of the types that differ, by name; 0 for no limit
 * @since 0.1
 */
public record AttemptLimits(int byDefault, Map<String, Integer> byType) {

    /**
     * Copies the map.
     *
     * @param byDefault the limit of types that are not named
     * @param byType the limits of the types that differ, by name
     */
    public AttemptLimits {
        byType = Map.copyOf(byType);
    }

    /**
     * The limit of a type.
     *
     * @param type the type's name
     * @return the limit; 0 for none
     */
    public int of(String type) {
        return byType.getOrDefault(type, byDefault);
    }
}
