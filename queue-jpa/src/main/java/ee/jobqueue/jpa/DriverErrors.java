package ee.jobqueue.jpa;

import ee.jobqueue.StoreUnavailableException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells transient errors of a database from others, however deep Hibernate or the server has wrapped them. */
final class DriverErrors {

    private DriverErrors() {}

    /** Whether the same work may succeed in a new transaction: an error, its causes and the errors chained to them. */
    static boolean isTransient(Throwable error, Dialect dialect) {
        for (Throwable cause : causes(error)) {
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
        return causes(error).stream().anyMatch(cause -> isAny(cause, dialect::isOutage));
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

    private static boolean isAny(Throwable error, Predicate<SQLException> question) {
        for (SQLException next = error instanceof SQLException first ? first : null;
                next != null;
                next = next.getNextException()) {
            if (question.test(next)) {
                return true;
            }
        }
        return false;
    }
}
