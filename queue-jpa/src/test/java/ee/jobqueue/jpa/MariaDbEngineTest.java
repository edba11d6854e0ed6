package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on MariaDB. */
class MariaDbEngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.mariaDb();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
