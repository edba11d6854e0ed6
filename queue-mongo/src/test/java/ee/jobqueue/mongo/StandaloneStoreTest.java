package ee.jobqueue.mongo;

import ee.jobqueue.conformance.JobStoreContract;

/** The MongoDB store passes the suite on a standalone server, but for what needs transactions, which it refuses. */
class StandaloneStoreTest implements JobStoreContract {

    private static final MongoHarness HARNESS = MongoHarness.standalone();

    @Override
    public MongoHarness harness() {
        return HARNESS;
    }
}
