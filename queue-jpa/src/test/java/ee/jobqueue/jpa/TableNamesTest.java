package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names are validated when they are read, and rewritten in every text alike. */
class TableNamesTest {

    private static final Pattern NAME = Pattern.compile("\\bjobqueue_(\\w+)");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?jobqueue_(\\w+)");
    private static final TableNames OTHER = new TableNames("q_shop_", "orders");

    @Test
    void withoutSettingsTheNamesAreThoseThatAreWritten() {
        TableNames names = read(Map.of());

        assertThat(names).isEqualTo(TableNames.DEFAULT);
        assertThat(names.in("SELECT id FROM jobqueue_job", new H2())).isEqualTo("SELECT id FROM jobqueue_job");
    }

    @Test
    void theNamespaceComesAfterThePrefix() {
        assertThat(read(Map.of("jobqueue.namespace", "shop")).prefix()).isEqualTo("jobqueue_shop_");
        assertThat(read(Map.of("jobqueue.namespace", "shop", "jobqueue.jpa.table-prefix", "q_"))
                        .prefix())
                .isEqualTo("q_shop_");
        assertThat(read(Map.of("jobqueue.jpa.schema", "orders")).schema()).isEqualTo("orders");
    }

    @Test
    void tablesAreNamedWithTheirSchemaAndIndexesAsTheDatabaseWantsIt() {
        String create = "CREATE INDEX IF NOT EXISTS jobqueue_job_due ON jobqueue_job (jobqueue_job.id)";
        String drop = "DROP INDEX IF EXISTS jobqueue_job_due";

        assertThat(OTHER.in(create, new H2()))
                .isEqualTo("CREATE INDEX IF NOT EXISTS orders.q_shop_job_due"
                        + " ON orders.q_shop_job (orders.q_shop_job.id)");
        assertThat(OTHER.in(create, new PostgreSql()))
                .isEqualTo("CREATE INDEX IF NOT EXISTS q_shop_job_due ON orders.q_shop_job (orders.q_shop_job.id)");
        assertThat(OTHER.in(drop, new PostgreSql())).isEqualTo("DROP INDEX IF EXISTS orders.q_shop_job_due");
        assertThat(OTHER.in("ALTER TABLE jobqueue_job " + drop, new MariaDb(MariaDbVariant.NATIVE_IDS)))
                .isEqualTo("ALTER TABLE orders.q_shop_job DROP INDEX IF EXISTS q_shop_job_due");
    }

    @ParameterizedTest
    @CsvSource({
        "jobqueue.namespace, Shop",
        "jobqueue.namespace, my_shop",
        "jobqueue.namespace, 1shop",
        "jobqueue.namespace, worker",
        "jobqueue.namespace, a23456789012345678901",
        "jobqueue.jpa.table-prefix, ''",
        "jobqueue.jpa.table-prefix, q-",
        "jobqueue.jpa.table-prefix, a23456789012345678901",
        "jobqueue.jpa.schema, ''",
        "jobqueue.jpa.schema, orders;drop"
    })
    void aNameThatIsNotAllowedIsRefusedByPropertyValueAndRule(String property, String value) {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of(property, value)))
                .satisfies(e -> assertThat(e.property()).isEqualTo(property))
                .withMessageContaining("'" + value + "'");
    }

    @ParameterizedTest
    @EnumSource
    void theLongestNameFitsAndNoNamespaceIsCalledAsATable(SqlDatabase kind) throws IOException {
        Set<String> names =
                new TreeSet<>(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        Set<String> tables = new TreeSet<>(Set.of("migration"));
        for (String migration : Migrations.NAMES) {
            String text = text(kind, migration);
            NAME.matcher(text).results().forEach(name -> names.add(name.group(1)));
            TABLE.matcher(text).results().forEach(table -> tables.add(table.group(1)));
        }
        String longest = "p".repeat(20) + "n".repeat(20) + "_" + ((TreeSet<String>) names).last();

        assertThat(longest.length()).isLessThanOrEqualTo(63);
        assertThat(TableNames.TABLES).containsAll(tables);
    }

    private static String text(SqlDatabase kind, String migration) throws IOException {
        String file = "migrations/%s/%s.sql".formatted(kind.dialect().folder(), migration);
        try (InputStream in = Migrations.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TableNames read(Map<String, String> properties) {
        Map<String, String> given = new HashMap<>(properties);
        return TableNames.read(name -> Optional.ofNullable(given.get(name)));
    }
}
