package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class MongoJobStoreProducerTest {

    @Test
    void anApplicationWithThisModuleIsToldWhatToDeployInstead() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new MongoJobStoreProducer().store())
                .withMessageContaining("not there yet")
                .withMessageContaining("queue-jpa");
    }
}
