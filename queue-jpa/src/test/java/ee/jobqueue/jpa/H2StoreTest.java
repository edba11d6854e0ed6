package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on H2. */
class H2StoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.h2();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
