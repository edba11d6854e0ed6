package ee.jobqueue.jpa;

import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Causes;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Tells transient errors of a database from others, however deep Hibernate or the server has wrapped them. */
final class DriverErrors {

    private DriverErrors() {}

    /** Whether the same work may succeed in a new transaction: an error, its causes and the errors chained to them. */
    static boolean isTransient(Throwable error, Dialect dialect) {
        for (Throwable cause : Causes.of(error)) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
            if (cause instanceof OptimisticLockException
                    || isAny(cause, each -> dialect.isTransient(each) || dialect.isOutage(each))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the database does not answer: an error, its causes and the errors chained to them. */
    static boolean isOutage(Throwable error, Dialect dialect) {
        return Causes.of(error).stream().anyMatch(cause -> isAny(cause, dialect::isOutage));
    }

    private static boolean isAny(Throwable error, Predicate<SQLException> question) {
        return error instanceof SQLException first
                && Causes.of(first, SQLException::getNextException).stream()
                        .anyMatch(each -> Causes.is(each, question));
    }
}
