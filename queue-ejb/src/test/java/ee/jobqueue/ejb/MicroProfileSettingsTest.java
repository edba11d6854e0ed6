package ee.jobqueue.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.conformance.EngineJobs;
import ee.jobqueue.engine.ProcessorHandle;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Settings are read with their defaults, and refused with name, value and rule. */
class MicroProfileSettingsTest {

    private static final ProcessorRegistration WORK = new ProcessorRegistration(
            EngineJobs.Work.class,
            ProcessorRegistration.Mode.ATOMIC,
            MicroProfileSettingsTest.class,
            ProcessorHandle.of((input, attempt) -> null));

    private static final ProcessorRegistration JOIN = new ProcessorRegistration(
            EngineJobs.Join.class,
            ProcessorRegistration.Mode.ATOMIC,
            MicroProfileSettingsTest.class,
            ProcessorHandle.of((input, attempt) -> null));

    private static Settings read(Map<String, String> values) {
        return MicroProfileSettings.read(new MapConfig(values), List.of(WORK, JOIN));
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        Settings settings = read(Map.of());

        assertThat(settings.workerEnabled()).isTrue();
        assertThat(settings.concurrency()).isEqualTo(10);
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.renewInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.maxPayloadBytes()).isEqualTo(256 * 1024);
        assertThat(settings.of("work").maxAttempts()).isEqualTo(25);
        assertThat(settings.of("work").timeout()).isNull();
    }

    @Test
    void aTypesOwnSettingGoesBeforeTheGeneralOne() {
        Settings settings = read(Map.of(
                "jobqueue.max-attempts", "7",
                "jobqueue.backoff.initial", "PT2S",
                "jobqueue.type.work.max-attempts", "3",
                "jobqueue.type.work.timeout", "PT5S"));

        assertThat(settings.of("work").maxAttempts()).isEqualTo(3);
        assertThat(settings.of("work").backoff().initial()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.of("work").timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.of("other").maxAttempts()).isEqualTo(7);
    }

    @Test
    void aServerRunsTheTypesThatAreListedAndAllWhenNoneIs() {
        assertThat(read(Map.of()).types()).isEmpty();
        assertThat(read(Map.of("jobqueue.worker.types", "join")).types()).contains(Set.of("join"));
        assertThat(read(Map.of("jobqueue.worker.types", " work , join,,work")).types())
                .contains(Set.of("work", "join"));
    }

    @Test
    void aTypeThatNoProcessorHasIsRefusedWithTheKnownOnesAndTheNearest() {
        refused("jobqueue.worker.types", "wrok", "like 'work'; known are [join, work]");
        refused("jobqueue.worker.types", "joi", "like 'join'; known are [join, work]");
        refused("jobqueue.worker.types", "Work", "like 'work'");
        refused("jobqueue.worker.types", " , ", "names of types that have processors here");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> read(Map.of("jobqueue.worker.types", "work, decide")))
                .withMessageContaining("'decide'");
    }

    @Test
    void limitsOfTypesThatAreLeftToOthersAreReadAllTheSame() {
        Settings settings = read(Map.of("jobqueue.worker.types", "join", "jobqueue.type.work.max-attempts", "3"));

        assertThat(settings.of("work").maxAttempts()).isEqualTo(3);
    }

    @Test
    void whatIsNotAllowedIsRefusedWithNameValueAndRule() {
        refused("jobqueue.worker.concurrency", "0", "1 to 1000");
        refused("jobqueue.worker.concurrency", "many", "Integer");
        refused("jobqueue.worker.enabled", "yse", "true or false");
        refused("jobqueue.health.enabled", "on", "true or false");
        refused("jobqueue.notifier", "jms", "auto or none");
        refused("jobqueue.worker.lease", "PT0.5S", "at least PT1S");
        refused("jobqueue.worker.renew-interval", "PT15S", "a third of jobqueue.worker.lease");
        refused("jobqueue.worker.poll-interval", "-PT1S", "at least PT0.01S");
        refused("jobqueue.payload.max-size", "0", "at least 1");
        refused("jobqueue.backoff.multiplier", "0.5", "at least 1");
        refused("jobqueue.backoff.max", "PT1S", "jobqueue.backoff.initial");
        refused("jobqueue.type.work.max-attempts", "-1", "0 for no limit");
        refused("jobqueue.type.work.timeout", "PT0S", "at least PT1S");
    }

    private static void refused(String property, String value, String rule) {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .as("%s=%s", property, value)
                .isThrownBy(() -> read(Map.of(property, value)))
                .satisfies(e -> assertThat(e.property()).isEqualTo(property))
                .withMessageContaining("'" + value.replace("-PT1S", "PT-1S") + "'")
                .withMessageContaining(rule);
    }
}
