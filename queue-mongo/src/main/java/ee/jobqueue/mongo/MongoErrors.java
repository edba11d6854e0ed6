package ee.jobqueue.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import ee.jobqueue.StoreUnavailableException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells transient errors of the server from others, however deep somebody has wrapped them. */
final class MongoErrors {

    /**
     * WriteConflict, LockTimeout, NoSuchTransaction (an error aborted it before), and what a server says that is no primary any
     * more; by number, since not every one of them carries a label.
     */
    private static final Set<Integer> TRANSIENT = Set.of(112, 24, 251, 10107, 189, 91, 11600, 11602, 13435, 13436);

    private MongoErrors() {}

    /** Whether the same work may succeed in a new transaction: an error and its causes. */
    static boolean isTransient(Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
            if (cause instanceof MongoException own && isTransientItself(own)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a document stands where the store wanted to write one of its own. It looks before, so that somebody was
     * faster: in a new transaction it will see that one.
     */
    static boolean isDuplicateKey(MongoException error) {
        return ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY
                || error instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().stream()
                                .anyMatch(one -> one.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static boolean isTransientItself(MongoException error) {
        return error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || error.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || TRANSIENT.contains(error.getCode())
                || error instanceof MongoSocketException
                || error instanceof MongoConnectionPoolClearedException
                || error instanceof MongoNotPrimaryException
                || error instanceof MongoNodeIsRecoveringException;
    }
}
