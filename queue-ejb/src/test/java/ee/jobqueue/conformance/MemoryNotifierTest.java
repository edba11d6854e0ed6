package ee.jobqueue.conformance;

import ee.jobqueue.spi.Notifier;

/** The model's notifier passes its own contract. */
class MemoryNotifierTest implements NotifierContract {

    private final MemoryHarness harness = new MemoryHarness();

    @Override
    public MemoryHarness harness() {
        return harness;
    }

    @Override
    public Notifier notifier() {
        return harness.notifier();
    }
}
