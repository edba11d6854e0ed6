package ee.jobqueue.engine;

import ee.jobqueue.conformance.EngineContract;
import ee.jobqueue.conformance.MemoryHarness;
import ee.jobqueue.conformance.StoreHarness;

/** The engine on the model store. */
class MemoryEngineTest implements EngineContract {

    private final MemoryHarness harness = new MemoryHarness();

    @Override
    public StoreHarness harness() {
        return harness;
    }
}
