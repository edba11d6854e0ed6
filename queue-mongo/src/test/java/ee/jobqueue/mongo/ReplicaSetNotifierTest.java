package ee.jobqueue.mongo;

import ee.jobqueue.conformance.NotifierContract;
import ee.jobqueue.spi.Notifier;

/** Change streams do on a replica set what any notifier must. */
class ReplicaSetNotifierTest implements NotifierContract {

    private static final MongoHarness HARNESS = MongoHarness.replicaSet();

    @Override
    public MongoHarness harness() {
        return HARNESS;
    }

    @Override
    public Notifier notifier() {
        return new ChangeStreamNotifier(HARNESS.transactions(), MongoSettings.DEFAULT_COLLECTION_PREFIX);
    }
}
