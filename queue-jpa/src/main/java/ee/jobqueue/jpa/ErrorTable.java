package ee.jobqueue.jpa;

import ee.jobqueue.spi.ErrorKind;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of a database are: by its own code, else by the SQL state, else by the first two characters of that, its
 * class. An error that no row lists is judged by JDBC's types, which pools and servers use too; one of no such type is permanent.
 * Immutable.
 *
 * @param codeMask which bits of a database's own code count
 * @param rows the rows, no two for the same error
 */
record ErrorTable(int codeMask, List<Row> rows) {

    private static final int CLASS = 2;

    /** The classes and states of the standard (ISO 9075-2), in which all databases agree. */
    static final ErrorTable STANDARD = new ErrorTable(-1, List.of())
            .with(ErrorKind.OUTAGE, "08", "the connection broke, or was refused")
            .with(ErrorKind.OUTAGE, "25006", "it is read-only, as a primary is that was demoted")
            .with(ErrorKind.CONFLICT, "40", "deadlock, serialization failure")
            .with(ErrorKind.PERMANENT, "0A", "not supported")
            .with(ErrorKind.PERMANENT, "22", "a value does not fit")
            .with(ErrorKind.PERMANENT, "23", "a constraint is violated")
            .with(ErrorKind.PERMANENT, "28", "user or password is wrong")
            .with(ErrorKind.PERMANENT, "3D", "no such database")
            .with(ErrorKind.PERMANENT, "42", "no permission, no such table, or a wrong statement");

    ErrorTable {
        rows = List.copyOf(rows);
    }

    /**
     * One kind of error.
     *
     * @param kind what it is
     * @param state its SQL state, or a class of them; {@code null} when it goes by the code
     * @param code the database's own code, when there is no state
     * @param meaning what the database wants to say, for people
     */
    record Row(ErrorKind kind, @Nullable String state, int code, String meaning) {

        private boolean lists(@Nullable String itsState) {
            return state != null && state.equals(itsState);
        }

        private boolean lists(int itsCode) {
            return state == null && code == itsCode;
        }
    }

    /** The same, and an SQL state or a class of them. */
    ErrorTable with(ErrorKind kind, String state, String meaning) {
        return with(new Row(kind, state, 0, meaning));
    }

    /** The same, and a code of the database's own. */
    ErrorTable with(ErrorKind kind, int code, String meaning) {
        return with(new Row(kind, null, code, meaning));
    }

    private ErrorTable with(Row row) {
        return new ErrorTable(
                codeMask, Stream.concat(rows.stream(), Stream.of(row)).toList());
    }

    /** The same, of whose codes only some bits count. */
    ErrorTable masking(int mask) {
        return new ErrorTable(mask, rows);
    }

    /** What an error is by its row; {@code null} when there is none. */
    @Nullable ErrorKind listed(SQLException error) {
        int code = error.getErrorCode() & codeMask;
        String state = error.getSQLState();
        String stateClass = state == null || state.length() < CLASS ? null : state.substring(0, CLASS);
        return Stream.<Predicate<Row>>of(row -> row.lists(code), row -> row.lists(state), row -> row.lists(stateClass))
                .flatMap(row -> rows.stream().filter(row))
                .map(Row::kind)
                .findFirst()
                .orElse(null);
    }

    /** What an error without a row is, by its type. */
    static ErrorKind byType(SQLException error) {
        if (error instanceof SQLNonTransientConnectionException
                || error instanceof SQLTransientConnectionException
                || error instanceof SQLRecoverableException) {
            return ErrorKind.OUTAGE;
        }
        if (error instanceof SQLTransactionRollbackException) {
            return ErrorKind.CONFLICT;
        }
        return error instanceof SQLTimeoutException ? ErrorKind.TIMEOUT : ErrorKind.PERMANENT;
    }
}
