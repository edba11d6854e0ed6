package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;
import org.junit.jupiter.api.TestInstance;

/** The SQL store passes the suite on MySQL by MySQL's own driver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlOwnDriverStoreTest implements JobStoreContract {

    private final JpaHarness harness = JpaHarness.mySqlByItsOwnDriver();

    @Override
    public JpaHarness harness() {
        return harness;
    }
}
