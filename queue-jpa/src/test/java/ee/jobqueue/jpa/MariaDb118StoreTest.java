package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;
import org.junit.jupiter.api.TestInstance;

/** The SQL store passes the suite on MariaDB 11.8. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDb118StoreTest implements JobStoreContract {

    private final JpaHarness harness = SqlDatabase.MARIADB_11_8.harness();

    @Override
    public JpaHarness harness() {
        return harness;
    }
}
