package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the SQL store.
 *
 * @param dataSource {@value #DATA_SOURCE}, the JNDI name of the application's JTA data source, by default {@value
 *     #DEFAULT_DATA_SOURCE}. It has to be the one that the application writes to: two data sources do not commit
 *     together without XA
 * @param readerDataSource {@value #READER_DATA_SOURCE}, the JNDI name of a second data source, on the same file of SQLite and
 *     read-only, that serves what reads outside of a transaction; {@code null}, as by default, when the first one does
 * @param leaseDataSource {@value #LEASE_DATA_SOURCE}, the JNDI name of a second data source, on the same database, whose
 *     connections renew leases and do nothing else, so that no work of the application can exhaust them; {@code null}, as
 *     by default, when the first one does
 * @param migrations {@value #MIGRATIONS}, what happens to missing tables when the application starts, by default
 *     {@code apply}
 * @param tables {@value TableNames#PREFIX}, {@value TableNames#SCHEMA} and the namespace: what the tables are called
 */
record JpaSettings(
        String dataSource,
        @Nullable String readerDataSource,
        @Nullable String leaseDataSource,
        Migrations.Mode migrations,
        TableNames tables) {

    static final String DATA_SOURCE = "jobqueue.jpa.data-source";
    static final String DEFAULT_DATA_SOURCE = "java:comp/DefaultDataSource";
    static final String READER_DATA_SOURCE = "jobqueue.jpa.reader-data-source";
    static final String LEASE_DATA_SOURCE = "jobqueue.jpa.lease-data-source";
    static final String MIGRATIONS = "jobqueue.migrations";

    /**
     * Reads and checks the settings.
     *
     * @param property gives the value of a property, empty when it is not set
     * @throws InvalidConfigurationException naming the property, its value and the rule
     */
    static JpaSettings read(Function<String, Optional<String>> property) {
        return new JpaSettings(
                name(property, DATA_SOURCE).orElse(DEFAULT_DATA_SOURCE),
                name(property, READER_DATA_SOURCE).orElse(null),
                name(property, LEASE_DATA_SOURCE).orElse(null),
                property.apply(MIGRATIONS).map(JpaSettings::mode).orElse(Migrations.Mode.APPLY),
                TableNames.read(property));
    }

    private static Optional<String> name(Function<String, Optional<String>> property, String setting) {
        Optional<String> name = property.apply(setting).map(String::strip);
        if (name.filter(String::isEmpty).isPresent()) {
            throw new InvalidConfigurationException(setting, "is empty; give the JNDI name of a data source");
        }
        return name;
    }

    private static Migrations.Mode mode(String value) {
        return Arrays.stream(Migrations.Mode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(
                        MIGRATIONS, "'" + value + "' is not known; give apply, check or off"));
    }
}
