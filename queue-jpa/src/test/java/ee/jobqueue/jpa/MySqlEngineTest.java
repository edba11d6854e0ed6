package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;
import org.junit.jupiter.api.TestInstance;

/** The engine passes its suite on MySQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlEngineTest implements EngineContract {

    private final JpaHarness harness = SqlDatabase.MYSQL.harness();

    @Override
    public JpaHarness harness() {
        return harness;
    }
}
