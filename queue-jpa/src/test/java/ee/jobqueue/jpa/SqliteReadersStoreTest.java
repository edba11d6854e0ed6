package ee.jobqueue.jpa;

import ee.jobqueue.conformance.JobStoreContract;

/** The SQL store passes the suite on SQLite when one connection writes and others read. */
class SqliteReadersStoreTest implements JobStoreContract {

    private static final JpaHarness HARNESS = JpaHarness.sqliteWithReaders();

    @Override
    public JpaHarness harness() {
        return HARNESS;
    }
}
