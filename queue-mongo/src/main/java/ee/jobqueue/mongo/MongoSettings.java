package ee.jobqueue.mongo;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.Namespace;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of the MongoDB store.
 *
 * @param collectionPrefix with what the names of the store's collections begin: {@value #COLLECTION_PREFIX}, by default
 *     {@value #DEFAULT_COLLECTION_PREFIX}, and the namespace after it
 * @param migrations {@value #MIGRATIONS}, what happens to missing collections and indexes when the application starts, by
 *     default {@code apply}
 * @param withoutTransactions {@value #WITHOUT_TRANSACTIONS}, what happens on a deployment that has no transactions, by
 *     default {@code refuse}
 */
record MongoSettings(String collectionPrefix, Migrations.Mode migrations, WithoutTransactions withoutTransactions) {

    /** What happens on a deployment that has no transactions, when a verb is to be part of the caller's. */
    enum WithoutTransactions {
        /** The verb is refused. */
        REFUSE,
        /** The verb acts at once, whatever becomes of the caller's transaction. */
        ACCEPT
    }

    static final String COLLECTION_PREFIX = "jobqueue.mongo.collection-prefix";
    static final String DEFAULT_COLLECTION_PREFIX = "jobqueue_";
    static final String MIGRATIONS = "jobqueue.migrations";
    static final String WITHOUT_TRANSACTIONS = "jobqueue.mongo.without-transactions";

    /** A collection's name may be longer; but a prefix of this length leaves room for the database's name. */
    private static final int MAX_PREFIX_LENGTH = 40;

    /**
     * Reads and checks the settings.
     *
     * @param property gives the value of a property, empty when it is not set
     * @throws InvalidConfigurationException naming the property, its value and the rule
     */
    static MongoSettings read(Function<String, Optional<String>> property) {
        String prefix =
                prefix(property.apply(COLLECTION_PREFIX).map(String::strip).orElse(DEFAULT_COLLECTION_PREFIX));
        return new MongoSettings(
                Namespace.read(property).under(prefix),
                property.apply(MIGRATIONS)
                        .map(value -> choice(MIGRATIONS, Migrations.Mode.values(), value))
                        .orElse(Migrations.Mode.APPLY),
                property.apply(WITHOUT_TRANSACTIONS)
                        .map(value -> choice(WITHOUT_TRANSACTIONS, WithoutTransactions.values(), value))
                        .orElse(WithoutTransactions.REFUSE));
    }

    private static String prefix(String value) {
        if (!value.matches("[A-Za-z_][A-Za-z0-9_.-]*") || value.length() > MAX_PREFIX_LENGTH || isReserved(value)) {
            throw new InvalidConfigurationException(
                    COLLECTION_PREFIX,
                    "'" + value + "' cannot begin a collection's name; give 1 to " + MAX_PREFIX_LENGTH
                            + " letters, digits and the characters _ . - of which the first is a letter or _ and which"
                            + " do not begin with 'system.'");
        }
        return value;
    }

    private static boolean isReserved(String value) {
        return value.startsWith("system.");
    }

    private static <E extends Enum<E>> E choice(String property, E[] choices, String value) {
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(
                        property,
                        "'" + value + "' is not known; give one of "
                                + Arrays.stream(choices)
                                        .map(MongoSettings::word)
                                        .toList()));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
