package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;
import org.junit.jupiter.api.TestInstance;

/** The SQL store passes the suite on MySQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlStoreTest implements JobStoreContract {

    private final JpaHarness harness = SqlDatabase.MYSQL.harness();

    @Override
    public JpaHarness harness() {
        return harness;
    }
}
