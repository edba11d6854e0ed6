package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class JtaTest {

    @Test
    void whereThereIsNoTransactionManagerThatTakesALastParticipantTheApplicationIsToldWhatToDo() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(Jta::find)
                .withMessageContaining("last participant")
                .withMessageContaining("deploy on Open Liberty")
                .withMessageContaining("queue-jpa");
    }
}
