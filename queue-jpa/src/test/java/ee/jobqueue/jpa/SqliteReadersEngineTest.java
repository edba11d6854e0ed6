package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on SQLite when one connection writes and others read. */
class SqliteReadersEngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.sqliteWithReaders();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
