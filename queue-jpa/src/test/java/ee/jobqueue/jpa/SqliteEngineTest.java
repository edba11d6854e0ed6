package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on SQLite. */
class SqliteEngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.sqlite();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
