package ee.jobqueue.jpa;

import ee.jobqueue.StoreUnavailableException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells transient errors of a database from others, however deep Hibernate or the server has wrapped them. */
final class DriverErrors {

    private DriverErrors() {}

    /** Whether the same work may succeed in a new transaction: an error, its causes and the errors chained to them. */
    static boolean isTransient(Throwable error, Dialect dialect) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
            if (isTransientItself(cause, dialect)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTransientItself(Throwable error, Dialect dialect) {
        if (error instanceof SQLException first) {
            for (SQLException next = first; next != null; next = next.getNextException()) {
                if (dialect.isTransient(next)) {
                    return true;
                }
            }
        }
        return error instanceof OptimisticLockException;
    }
}
