package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.CommitFailedException;
import ee.jobqueue.spi.ErrorKind;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each error of a database is, and which may vanish in a new transaction. */
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
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "55P03, TIMEOUT",
        "57014, TIMEOUT",
        "08006, OUTAGE",
        "25006, OUTAGE",
        "25P03, OUTAGE",
        "25P04, OUTAGE",
        "57P01, OUTAGE",
        "57P02, OUTAGE",
        "57P03, OUTAGE",
        "57P05, OUTAGE",
        "53100, OUTAGE",
        "53200, OUTAGE",
        "53300, OUTAGE",
        "57P04, PERMANENT",
        "0A000, PERMANENT",
        "22001, PERMANENT",
        "23505, PERMANENT",
        "25P02, PERMANENT",
        "28000, PERMANENT",
        "28P01, PERMANENT",
        "3D000, PERMANENT",
        "42501, PERMANENT",
        "42P01, PERMANENT",
        "55006, PERMANENT",
        "XX000, PERMANENT"
    })
    void eachStateOfPostgreSqlIsOfOneKind(String state, ErrorKind kind) {
        assertIs(kind, new SQLException("refused", state), new PostgreSql());
    }

    @ParameterizedTest
    @CsvSource({
        "40001, CONFLICT",
        "90131, CONFLICT",
        "HYT00, TIMEOUT",
        "57014, TIMEOUT",
        "08001, OUTAGE",
        "90020, OUTAGE",
        "90067, OUTAGE",
        "90098, OUTAGE",
        "90121, OUTAGE",
        "23505, PERMANENT",
        "28000, PERMANENT",
        "42S02, PERMANENT",
        "90013, PERMANENT",
        "90096, PERMANENT",
        "90097, PERMANENT",
        "90146, PERMANENT"
    })
    void eachStateOfH2IsOfOneKind(String state, ErrorKind kind) {
        assertIs(kind, new SQLException("refused", state), new H2());
    }

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, CONFLICT",
        "1020, HY000, CONFLICT",
        "1205, HY000, TIMEOUT",
        "3572, HY000, TIMEOUT",
        "1317, 70100, TIMEOUT",
        "1969, 70100, TIMEOUT",
        "3024, HY000, TIMEOUT",
        "1290, HY000, OUTAGE",
        "1792, 25006, OUTAGE",
        "1836, HY000, OUTAGE",
        "1021, HY000, OUTAGE",
        "1040, 08004, OUTAGE",
        "1203, 42000, OUTAGE",
        "1226, 42000, OUTAGE",
        "1047, 08S01, OUTAGE",
        "1053, 08S01, OUTAGE",
        "1152, 08S01, OUTAGE",
        "1184, 08S01, OUTAGE",
        "1927, 70100, OUTAGE",
        "4031, HY000, OUTAGE",
        "0, 08000, OUTAGE",
        "1044, 42000, PERMANENT",
        "1045, 28000, PERMANENT",
        "1049, 42000, PERMANENT",
        "1062, 23000, PERMANENT",
        "1130, HY000, PERMANENT",
        "1142, 42000, PERMANENT",
        "1146, 42S02, PERMANENT",
        "1153, 08S01, PERMANENT",
        "-1, HZ000, PERMANENT",
        "1406, 22001, PERMANENT",
        "1698, 28000, PERMANENT"
    })
    void eachCodeOfMariaDbAndMySqlIsOfOneKind(int code, String state, ErrorKind kind) {
        assertIs(kind, new SQLException("refused", state, code), new MariaDb(MariaDbVariant.NATIVE_IDS));
    }

    @ParameterizedTest
    @CsvSource({
        "5, CONFLICT",
        "517, CONFLICT",
        "6, CONFLICT",
        "262, CONFLICT",
        "15, CONFLICT",
        "9, TIMEOUT",
        "13, OUTAGE",
        "1, PERMANENT",
        "3, PERMANENT",
        "8, PERMANENT",
        "14, PERMANENT",
        "19, PERMANENT",
        "2067, PERMANENT"
    })
    void eachCodeOfSqliteIsOfOneKind(int code, ErrorKind kind) {
        assertIs(kind, new SQLException("refused", null, code), new Sqlite());
    }

    private static void assertIs(ErrorKind kind, SQLException error, Dialect dialect) {
        PersistenceException wrapped = new PersistenceException(error);
        assertThat(dialect.errors().listed(error))
                .as("listed")
                .satisfiesAnyOf(
                        listed -> assertThat(listed).isEqualTo(kind),
                        listed -> assertThat(listed == null && kind == ErrorKind.PERMANENT)
                                .isTrue());
        assertThat(DriverErrors.isTransient(wrapped, dialect)).isEqualTo(kind.isTransient());
        assertThat(DriverErrors.isOutage(wrapped, dialect)).isEqualTo(kind.isOutage());
    }

    @ParameterizedTest
    @EnumSource
    void noErrorStandsInTwoRows(SqlDatabase database) {
        assertThat(database.dialect().errors().rows())
                .extracting(row -> row.state() + "/" + row.code())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentationSaysWhatTheTableSays(SqlDatabase database) throws IOException {
        assertThat(Files.readString(Path.of("../src/docs/failures.md")))
                .contains(ErrorsPage.ofTheStandard(), ErrorsPage.of(database));
    }

    @Test
    void aPoolWithoutAConnectionIsNoOutageWhenThePasswordIsWrong() {
        SQLException login = new SQLException("password authentication failed", "28P01");
        SQLException pool = new SQLTransientConnectionException("no connection is available", "28P01", login);
        SQLException other = new SQLTransientConnectionException("no connection is available", login);

        assertThat(List.of(pool, other)).allSatisfy(error -> {
            assertThat(DriverErrors.isOutage(error, new PostgreSql())).isFalse();
            assertThat(DriverErrors.isTransient(error, new PostgreSql())).isFalse();
        });
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
