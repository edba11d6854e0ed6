package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on PostgreSQL. */
class PostgreSqlStoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.postgreSql();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
