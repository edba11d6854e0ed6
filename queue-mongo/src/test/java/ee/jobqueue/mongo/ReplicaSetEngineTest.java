package ee.jobqueue.mongo;

import ee.jobqueue.conformance.EngineContract;

/** The engine does on a replica set what it does on any store. */
class ReplicaSetEngineTest implements EngineContract {

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    @Override
    public MongoHarness harness() {
        return HARNESS;
    }
}
