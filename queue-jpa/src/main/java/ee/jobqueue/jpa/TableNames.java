package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.Namespace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What the tables and indexes are called in the database. Everything in this module, statements, migrations and entities,
 * is written with {@value #WRITTEN_PREFIX}, and rewritten here, once. Immutable.
 *
 * @param prefix with what the names begin, the namespace included
 * @param schema where the tables are; {@code null} for the default of the data source's user
 */
record TableNames(String prefix, @Nullable String schema) {

    static final String PREFIX = "jobqueue.jpa.table-prefix";
    static final String SCHEMA = "jobqueue.jpa.schema";
    static final String WRITTEN_PREFIX = "jobqueue_";

    /** As they are written. */
    static final TableNames DEFAULT = new TableNames(WRITTEN_PREFIX, null);

    /** Such a namespace would lead to names that the tables and indexes of none have. */
    static final Set<String> TABLES = Set.of("job", "blocker", "deduplication", "worker", "sweep", "migration");

    private static final int MAX_PREFIX_LENGTH = 20;

    /** Longest names: 63 on PostgreSQL, 64 on MariaDB. */
    private static final int MAX_SCHEMA_LENGTH = 63;

    private static final String RULE =
            "a lower-case letter, then lower-case letters, digits and underscores, %d characters at the most";

    /** A name; before that of an index stands what it is, and what is done with it. */
    private static final Pattern NAME = Pattern.compile(
            "((?:\\bDROP\\s+)?\\b(?:INDEX|KEY|CONSTRAINT)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+|\\()?)?\\bjobqueue_(\\w+)");

    /** Where a database wants the name of an index with that of its schema. */
    enum IndexNames {
        /** Nowhere. */
        BARE,
        /** Where it is dropped. */
        QUALIFIED_WHEN_DROPPED,
        /** Everywhere. */
        QUALIFIED
    }

    /**
     * Reads and checks the settings.
     *
     * @param property gives the value of a property, empty when it is not set
     * @throws InvalidConfigurationException naming the property, its value and the rule
     */
    static TableNames read(Function<String, Optional<String>> property) {
        Namespace namespace = Namespace.read(property);
        if (TABLES.contains(namespace.name())) {
            throw new InvalidConfigurationException(
                    Namespace.PROPERTY,
                    "'" + namespace.name() + "' is not allowed, since a table is called so; choose another name");
        }
        String prefix =
                checked(PREFIX, MAX_PREFIX_LENGTH, property.apply(PREFIX)).orElse(WRITTEN_PREFIX);
        String schema =
                checked(SCHEMA, MAX_SCHEMA_LENGTH, property.apply(SCHEMA)).orElse(null);
        return new TableNames(namespace.under(prefix), schema);
    }

    private static Optional<String> checked(String property, int maxLength, Optional<String> value) {
        Optional<String> name = value.map(String::strip);
        name.filter(given -> given.length() > maxLength || !given.matches("[a-z][a-z0-9_]*"))
                .ifPresent(given -> {
                    throw new InvalidConfigurationException(
                            property, "'" + given + "' is not allowed; it must be " + RULE.formatted(maxLength));
                });
        return name;
    }

    /** A text with the names as they are in the database. */
    String in(String text, Dialect dialect) {
        return equals(DEFAULT) ? text : NAME.matcher(text).replaceAll(name -> rewritten(name, dialect.indexNames()));
    }

    private String rewritten(MatchResult name, IndexNames indexNames) {
        String before = name.group(1) == null ? "" : name.group(1);
        boolean isQualified = before.isEmpty()
                || indexNames == IndexNames.QUALIFIED
                || (indexNames == IndexNames.QUALIFIED_WHEN_DROPPED && before.startsWith("DROP"));
        return before + (isQualified && schema != null ? schema + "." : "") + prefix + name.group(2);
    }

    /** Settings of Hibernate by which entities are in these tables. */
    Map<String, Object> persistenceProperties(Dialect dialect) {
        Map<String, Object> properties = new HashMap<>(dialect.persistenceProperties());
        properties.put(AvailableSettings.PHYSICAL_NAMING_STRATEGY, new Naming(prefix));
        if (schema != null) {
            properties.put(dialect.schemaProperty(), schema);
        }
        return properties;
    }

    private static final class Naming extends PhysicalNamingStrategyStandardImpl {

        private static final long serialVersionUID = 1L;

        private final String prefix;

        Naming(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Identifier toPhysicalTableName(Identifier written, JdbcEnvironment context) {
            return Identifier.toIdentifier(prefix + written.getText().substring(WRITTEN_PREFIX.length()));
        }
    }
}
