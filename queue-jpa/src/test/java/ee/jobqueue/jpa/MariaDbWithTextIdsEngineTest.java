package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on MariaDB with the tables of MariaDB 10.6, where ids are texts. */
class MariaDbWithTextIdsEngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.mariaDbWithTextIds();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
