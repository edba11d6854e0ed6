package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on MariaDB. */
class MariaDbStoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.mariaDb();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
