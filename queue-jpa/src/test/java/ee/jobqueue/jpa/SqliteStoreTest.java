package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on SQLite. */
class SqliteStoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.sqlite();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
