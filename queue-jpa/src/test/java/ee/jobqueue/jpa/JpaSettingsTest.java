package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings are read in one place, and refused by name and value. */
class JpaSettingsTest {

    @Test
    void withoutSettingsTheServersDefaultDataSourceIsMigrated() {
        assertThat(read(Map.of()))
                .isEqualTo(new JpaSettings(
                        "java:comp/DefaultDataSource", null, null, Migrations.Mode.APPLY, TableNames.DEFAULT));
    }

    @Test
    void settingsAreRead() {
        assertThat(read(Map.of(
                        "jobqueue.jpa.data-source", "jdbc/orders",
                        "jobqueue.jpa.reader-data-source", " jdbc/readers ",
                        "jobqueue.jpa.lease-data-source", "jdbc/leases",
                        "jobqueue.migrations", "check")))
                .isEqualTo(new JpaSettings(
                        "jdbc/orders", "jdbc/readers", "jdbc/leases", Migrations.Mode.CHECK, TableNames.DEFAULT));
    }

    @Test
    void anUnknownModeIsRefusedByNameAndValue() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.migrations", "maybe")))
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.migrations"))
                .withMessageContaining("'maybe'")
                .withMessageContaining("apply, check or off");
    }

    @Test
    void anEmptyDataSourceIsRefused() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.jpa.data-source", " ")))
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.data-source"));
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.jpa.lease-data-source", " ")))
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.lease-data-source"));
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.jpa.reader-data-source", "")))
                .satisfies(e -> assertThat(e.property()).isEqualTo("jobqueue.jpa.reader-data-source"));
    }

    private static JpaSettings read(Map<String, String> properties) {
        return JpaSettings.read(name -> Optional.ofNullable(properties.get(name)));
    }
}
