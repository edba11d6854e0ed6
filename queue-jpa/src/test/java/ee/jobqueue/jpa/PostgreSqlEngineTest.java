package ee.jobqueue.jpa;

import ee.jobqueue.conformance.EngineContract;

/** The engine passes its suite on PostgreSQL. */
class PostgreSqlEngineTest implements EngineContract {

    private static final JpaHarness HARNESS = JpaHarness.postgreSql();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
