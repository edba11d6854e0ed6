package ee.jobqueue.spi;

import ee.jobqueue.InvalidConfigurationException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Sets one application's jobs apart from another's in one database: a store puts it into the names of its tables or
 * collections, so that two namespaces share no row. Immutable.
 *
 * @param name a lower-case letter, then lower-case letters and digits, at most {@value #MAX_LENGTH} in all; empty for
 *     none. Without an underscore, which parts it from what a store adds, so that no two namespaces lead to one name
 * @since 0.1
 */
public record Namespace(String name) {

    /** The setting; not set, or empty, for none. */
    public static final String PROPERTY = "jobqueue.namespace";

    /** How long a name may be, in characters: short enough for what databases allow with all that is added. */
    public static final int MAX_LENGTH = 20;

    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9]{0," + (MAX_LENGTH - 1) + "})?");

    /** None: the application's jobs are all there are. */
    public static final Namespace NONE = new Namespace("");

    /**
     * Checks the name.
     *
     * @param name the name; empty for none
     * @throws InvalidConfigurationException naming the property, its value and the rule
     */
    public Namespace {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidConfigurationException(
                    PROPERTY,
                    "'" + name
                            + "' is not allowed; it must be a lower-case letter, then lower-case letters and digits, "
                            + MAX_LENGTH + " characters at the most");
        }
    }

    /**
     * Reads the setting.
     *
     * @param property gives the value of a property, empty when it is not set
     * @return the namespace
     * @throws InvalidConfigurationException naming the property, its value and the rule
     */
    public static Namespace read(Function<String, Optional<String>> property) {
        return property.apply(PROPERTY).map(String::strip).map(Namespace::new).orElse(NONE);
    }

    /**
     * With what the names of tables or collections begin.
     *
     * @param prefix with what they would begin without a namespace
     * @return the same, and the namespace and an underscore after it when there is one
     */
    public String under(String prefix) {
        return name.isEmpty() ? prefix : prefix + name + "_";
    }
}
