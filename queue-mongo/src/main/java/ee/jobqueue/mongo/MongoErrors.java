package ee.jobqueue.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Causes;
import java.util.Set;

/** Tells transient errors of the server from others, however deep somebody has wrapped them. */
final class MongoErrors {

    /**
     * WriteConflict, LockTimeout, NoSuchTransaction (an error aborted it before), MaxTimeMSExpired (somebody else had the
     * document for too long); by number, since not every one of them carries a label.
     */
    private static final Set<Integer> CONFLICTS = Set.of(112, 24, 251, 50);

    /**
     * What a server says that is no primary any more, or is about to stop (10107, 13435, 10058, 189, 91, 11600, 11602, 13436), and
     * what a mongos says that does not reach one (HostUnreachable, HostNotFound, NetworkTimeout, SocketException).
     */
    private static final Set<Integer> OUTAGES =
            Set.of(10107, 13435, 10058, 189, 91, 11600, 11602, 13436, 6, 7, 89, 9001);

    private MongoErrors() {}

    /** Whether the same work may succeed in a new transaction: an error and its causes. */
    static boolean isTransient(Throwable error) {
        for (Throwable cause : Causes.of(error)) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
            if (cause instanceof MongoException own
                    && Causes.is(own, each -> isConflictItself(each) || isOutageItself(each))) {
                return true;
            }
        }
        return false;
    }

    /** Whether MongoDB does not answer, or has no primary that could: an error and its causes. */
    static boolean isOutage(Throwable error) {
        return Causes.of(error).stream()
                .anyMatch(cause -> cause instanceof MongoException own && Causes.is(own, MongoErrors::isOutageItself));
    }

    /** Whether the error is transient, and an answer: somebody else has a document. */
    static boolean isConflict(MongoException error) {
        return isTransient(error) && !isOutage(error);
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

    private static boolean isConflictItself(MongoException error) {
        return error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || error.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || CONFLICTS.contains(error.getCode());
    }

    private static boolean isOutageItself(MongoException error) {
        return OUTAGES.contains(error.getCode())
                || error instanceof MongoSocketException
                || error instanceof MongoTimeoutException
                || error instanceof MongoConnectionPoolClearedException
                || error instanceof MongoServerUnavailableException
                || error instanceof MongoNotPrimaryException
                || error instanceof MongoNodeIsRecoveringException;
    }
}
