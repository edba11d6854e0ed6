package ee.jobqueue.conformance;

/** The model passes its own suite. */
class MemoryStoreTest implements JobStoreContract {

    private static final MemoryHarness HARNESS = new MemoryHarness();

    @Override
    public MemoryHarness harness() {
        return HARNESS;
    }
}
