package ee.jobqueue.mongo;

import ee.jobqueue.conformance.JobStoreContract;

/** The MongoDB store passes the suite on a replica set. */
class ReplicaSetStoreTest implements JobStoreContract {

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    @Override
    public MongoHarness harness() {
        return HARNESS;
    }
}
