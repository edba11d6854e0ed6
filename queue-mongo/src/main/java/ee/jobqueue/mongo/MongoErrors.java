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
import ee.jobqueue.spi.ErrorKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells transient errors of the server from others, however deep somebody has wrapped them: by the server's code, the driver's
 * labels, and the driver's types for a server that cannot be reached. What is none of these is permanent.
 */
final class MongoErrors {

    /**
     * One error.
     *
     * @param kind what it is
     * @param code the server's code
     * @param meaning its name, for people
     */
    record Row(ErrorKind kind, int code, String meaning) {}

    /** By the codes of MongoDB's {@code error_codes.yml}, since not every error of these carries a label. */
    static final List<Row> ROWS = List.of(
            new Row(ErrorKind.OUTAGE, 6, "HostUnreachable"),
            new Row(ErrorKind.OUTAGE, 7, "HostNotFound"),
            new Row(ErrorKind.OUTAGE, 89, "NetworkTimeout"),
            new Row(ErrorKind.OUTAGE, 91, "ShutdownInProgress"),
            new Row(ErrorKind.OUTAGE, 133, "FailedToSatisfyReadPreference"),
            new Row(ErrorKind.OUTAGE, 134, "ReadConcernMajorityNotAvailableYet"),
            new Row(ErrorKind.OUTAGE, 189, "PrimarySteppedDown"),
            new Row(ErrorKind.OUTAGE, 202, "NetworkInterfaceExceededTimeLimit"),
            new Row(ErrorKind.OUTAGE, 9001, "SocketException"),
            new Row(ErrorKind.OUTAGE, 10058, "no primary any more"),
            new Row(ErrorKind.OUTAGE, 10107, "NotWritablePrimary"),
            new Row(ErrorKind.OUTAGE, 11600, "InterruptedAtShutdown"),
            new Row(ErrorKind.OUTAGE, 11602, "InterruptedDueToReplStateChange"),
            new Row(ErrorKind.OUTAGE, 13435, "NotPrimaryNoSecondaryOk"),
            new Row(ErrorKind.OUTAGE, 13436, "NotPrimaryOrSecondary"),
            new Row(ErrorKind.OUTAGE, 14031, "OutOfDiskSpace"),
            new Row(ErrorKind.CONFLICT, 46, "LockBusy"),
            new Row(ErrorKind.CONFLICT, 112, "WriteConflict"),
            new Row(ErrorKind.CONFLICT, 225, "TransactionTooOld"),
            new Row(ErrorKind.CONFLICT, 239, "SnapshotTooOld"),
            new Row(ErrorKind.CONFLICT, 246, "SnapshotUnavailable"),
            new Row(ErrorKind.CONFLICT, 251, "NoSuchTransaction, an error aborted it before"),
            new Row(ErrorKind.TIMEOUT, 24, "LockTimeout"),
            new Row(ErrorKind.TIMEOUT, 50, "MaxTimeMSExpired"),
            new Row(ErrorKind.TIMEOUT, 262, "ExceededTimeLimit"),
            new Row(ErrorKind.TIMEOUT, 290, "TransactionExceededLifetimeLimitSeconds"),
            new Row(ErrorKind.TIMEOUT, 11601, "Interrupted"),
            new Row(ErrorKind.PERMANENT, 13, "Unauthorized"),
            new Row(ErrorKind.PERMANENT, 18, "AuthenticationFailed"),
            new Row(ErrorKind.PERMANENT, 121, "DocumentValidationFailure"),
            new Row(ErrorKind.PERMANENT, 10334, "BSONObjectTooLarge"),
            new Row(ErrorKind.PERMANENT, 11000, "DuplicateKey"));

    private MongoErrors() {}

    /** Whether the same work may succeed in a new transaction: an error and its causes. */
    static boolean isTransient(Throwable error) {
        List<Throwable> causes = Causes.of(error);
        for (Throwable cause : causes) {
            if (cause instanceof StoreUnavailableException judged) {
                return judged.isTransient();
            }
        }
        return kind(causes).isTransient();
    }

    /** Whether MongoDB does not answer, or has no primary that could: an error and its causes. */
    static boolean isOutage(Throwable error) {
        return kind(Causes.of(error)).isOutage();
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

    /** Of several errors the first kind counts. */
    private static ErrorKind kind(List<Throwable> causes) {
        return causes.stream()
                .filter(MongoException.class::isInstance)
                .map(cause -> Causes.ask((MongoException) cause, MongoErrors::kind))
                .filter(Objects::nonNull)
                .min(ErrorKind::compareTo)
                .orElse(ErrorKind.PERMANENT);
    }

    private static ErrorKind kind(MongoException error) {
        Stream<ErrorKind> listed =
                ROWS.stream().filter(row -> row.code() == error.getCode()).map(Row::kind);
        return Stream.concat(listed, Stream.of(byLabel(error), byType(error)))
                .min(ErrorKind::compareTo)
                .orElseThrow();
    }

    private static ErrorKind byLabel(MongoException error) {
        return error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                        || error.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                ? ErrorKind.CONFLICT
                : ErrorKind.PERMANENT;
    }

    private static ErrorKind byType(MongoException error) {
        return error instanceof MongoSocketException
                        || error instanceof MongoTimeoutException
                        || error instanceof MongoConnectionPoolClearedException
                        || error instanceof MongoServerUnavailableException
                        || error instanceof MongoNotPrimaryException
                        || error instanceof MongoNodeIsRecoveringException
                ? ErrorKind.OUTAGE
                : ErrorKind.PERMANENT;
    }
}
