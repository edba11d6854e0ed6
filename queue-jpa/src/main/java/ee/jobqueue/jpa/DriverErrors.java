package ee.jobqueue.jpa;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.ErrorKind;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Tells transient errors of a database from others, however deep Hibernate, a pool or the server has wrapped them. What is in
 * the database's {@link ErrorTable} goes before the types of what is wrapped around it: a pool says that it has no connection
 * also when the password is wrong.
 */
final class DriverErrors {

    private DriverErrors() {}

    /** Whether the same work may succeed in a new transaction: an error, its causes and the errors chained to them. */
    static boolean isTransient(Throwable error, Dialect dialect) {
        List<Throwable> causes = causes(error);
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
        return kind(causes(error), dialect.errors()).isOutage();
    }

    private static ErrorKind kind(List<Throwable> causes, ErrorTable table) {
        List<SQLException> errors =
                causes.stream().flatMap(cause -> chain(cause).stream()).toList();
        return errors.stream()
                .map(table::listed)
                .filter(Objects::nonNull)
                .min(ErrorKind::compareTo)
                .or(() -> errors.stream().map(ErrorTable::byType).min(ErrorKind::compareTo))
                .orElse(ErrorKind.PERMANENT);
    }

    /** The error first; a circle ends where it closes. */
    private static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static List<SQLException> chain(Throwable error) {
        List<SQLException> chain = new ArrayList<>();
        for (SQLException next = error instanceof SQLException first ? first : null;
                next != null;
                next = next.getNextException()) {
            chain.add(next);
        }
        return chain;
    }
}
