package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on H2. */
class H2EngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.h2();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
