package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on MariaDB with the tables of MariaDB 10.6, where ids are texts. */
class MariaDbWithTextIdsStoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.mariaDbWithTextIds();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
