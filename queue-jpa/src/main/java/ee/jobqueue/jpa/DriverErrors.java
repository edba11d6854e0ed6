package ee.jobqueue.jpa;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Causes;
import ee.jobqueue.spi.ErrorKind;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells transient errors of a database from others, however deep Hibernate, a pool or the server has wrapped them. What is in
 * the database's {@link ErrorTable} goes before the types of what is wrapped around it: a pool says that it has no connection
 * also when the password is wrong.
 */
final class DriverErrors {

    private DriverErrors() {}

    /** Whether the same work may succeed in a new transaction: an error, its causes and the errors chained to them. */
    static boolean isTransient(Throwable error, Dialect dialect) {
        List<Throwable> causes = Causes.of(error);
        for (Throwable cause : causes) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
        }
        return causes.stream().anyMatch(OptimisticLockException.class::isInstance)
                || kind(causes, dialect.errors()).isTransient();
    }

    /** Whether the database does not answer: an error, its causes and the errors chained to them. */
    static boolean isOutage(Throwable error, Dialect dialect) {
        return kind(Causes.of(error), dialect.errors()).isOutage();
    }

    private static ErrorKind kind(List<Throwable> causes, ErrorTable table) {
        List<SQLException> errors = causes.stream().flatMap(DriverErrors::chain).toList();
        return errors.stream()
                .map(error -> Causes.ask(error, table::listed))
                .filter(Objects::nonNull)
                .min(ErrorKind::compareTo)
                .or(() -> errors.stream().map(ErrorTable::byType).min(ErrorKind::compareTo))
                .orElse(ErrorKind.PERMANENT);
    }

    private static Stream<SQLException> chain(Throwable error) {
        return error instanceof SQLException first
                ? Causes.of(first, SQLException::getNextException).stream()
                : Stream.empty();
    }
}
