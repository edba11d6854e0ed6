package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;
import org.junit.jupiter.api.TestInstance;

/** The SQL store passes the suite on MariaDB 10.11. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDb1011StoreTest implements JobStoreContract {

    private final JpaHarness harness = SqlDatabase.MARIADB_10_11.harness();

    @Override
    public JpaHarness harness() {
        return harness;
    }
}
