package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which errors may vanish in a new transaction. */
class DriverErrorsTest {

    /** An application may throw what it likes, a child of JDBC's error too. */
    @Test
    void anErrorThatCannotBeAskedIsNoneOfThem() {
        SQLException odd = new SQLException("x", "40001") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getSQLState() {
                throw new StackOverflowError();
            }

            @Override
            public SQLException getNextException() {
                throw new AssertionError("it cannot be asked");
            }

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("it cannot be asked");
            }
        };

        assertThat(DriverErrors.isTransient(new RuntimeException("x", odd), new PostgreSql()))
                .isFalse();
        assertThat(DriverErrors.isOutage(odd, new PostgreSql())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "40001, true",
        "40P01, true",
        "55P03, true",
        "23505, false",
        "57014, false",
        "08006, true",
        "57P01, true",
        "57P03, true",
        "53300, true",
        "22001, false"
    })
    void onPostgreSqlDeadlocksSerializationFailuresAndBrokenConnectionsAreTransient(String state, boolean isTransient) {
        assertThat(DriverErrors.isTransient(new SQLException("refused", state), new PostgreSql()))
                .isEqualTo(isTransient);
    }

    @ParameterizedTest
    @CsvSource({"40001, true", "HYT00, true", "90131, true", "23505, false", "90098, false"})
    void onH2DeadlocksAndLockTimeoutsAreTransient(String state, boolean isTransient) {
        assertThat(DriverErrors.isTransient(new SQLException("refused", state), new H2()))
                .isEqualTo(isTransient);
    }

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, true",
        "1205, HY000, true",
        "1020, HY000, true",
        "1062, 23000, false",
        "1146, 42S02, false",
        "1927, 70100, true",
        "4031, HY000, true",
        "1040, 08004, true",
        "1045, 28000, false"
    })
    void onMariaDbDeadlocksLockTimeoutsChangedRecordsAndBrokenConnectionsAreTransient(
            int code, String state, boolean isTransient) {
        assertThat(DriverErrors.isTransient(
                        new SQLException("refused", state, code), new MariaDb(MariaDbVariant.NATIVE_IDS)))
                .isEqualTo(isTransient);
    }

    @ParameterizedTest
    @CsvSource({"5, true", "517, true", "6, true", "1, false", "19, false", "2067, false", "13, false"})
    void onSqliteABusyDatabaseIsTransient(int code, boolean isTransient) {
        assertThat(DriverErrors.isTransient(new SQLException("refused", null, code), new Sqlite()))
                .isEqualTo(isTransient);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatBreaksOrCannotBeHadIsAnOutageAndTransient(SqlDatabase database) {
        Dialect dialect = database.dialect();

        assertThat(List.of(
                        new SQLException("broken", "08006"),
                        new SQLTransientConnectionException("the pool is exhausted"),
                        new SQLNonTransientConnectionException("refused"),
                        new SQLRecoverableException("stale")))
                .allSatisfy(error -> {
                    assertThat(DriverErrors.isOutage(new PersistenceException(error), dialect))
                            .isTrue();
                    assertThat(DriverErrors.isTransient(new PersistenceException(error), dialect))
                            .isTrue();
                });
    }

    @Test
    void aConflictIsNoOutage() {
        assertThat(DriverErrors.isOutage(new SQLException("deadlock", "40P01"), new PostgreSql()))
                .isFalse();
        assertThat(DriverErrors.isOutage(
                        new SQLException("deadlock", "40001", 1213), new MariaDb(MariaDbVariant.NATIVE_IDS)))
                .isFalse();
    }

    @Test
    void theDriversErrorIsFoundBelowOthersAndInItsChain() {
        SQLException batch = new SQLException("the batch", "23000");
        batch.setNextException(new SQLException("deadlock", "40P01"));

        assertThat(DriverErrors.isTransient(
                        new IllegalStateException(new PersistenceException(batch)), new PostgreSql()))
                .isTrue();
    }

    @Test
    void aCommitThatFoundSqliteBusyIsTransient() {
        SQLException busy = new SQLException("[SQLITE_BUSY]", null, 5);

        assertThat(DriverErrors.isTransient(new CommitFailedException("the commit failed", busy), new Sqlite()))
                .isTrue();
    }

    @Test
    void theStoresOwnErrorSaysItself() {
        SQLException deadlock = new SQLException("deadlock", "40P01");

        assertThat(DriverErrors.isTransient(
                        new StoreUnavailableException("start", true, new IllegalStateException()), new H2()))
                .isTrue();
        assertThat(DriverErrors.isTransient(new StoreUnavailableException("start", false, deadlock), new PostgreSql()))
                .isFalse();
    }

    @Test
    void aVersionConflictOfTheApplicationsEntitiesIsTransient() {
        assertThat(DriverErrors.isTransient(new OptimisticLockException(), new H2()))
                .isTrue();
    }

    @Test
    void errorsWithACircleOfCausesEnd() {
        IllegalStateException one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));

        assertThat(DriverErrors.isTransient(one, new H2())).isFalse();
    }
}
