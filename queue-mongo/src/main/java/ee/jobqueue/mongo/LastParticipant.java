package ee.jobqueue.mongo;

import com.ibm.tx.jta.AbortableXAResource;
import com.ibm.tx.jta.OnePhaseXAResource;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.client.ClientSession;
import ee.jobqueue.spi.Errors;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB transaction as the last participant of a JTA transaction: it cannot prepare, so it is committed in one phase,
 * after all others have prepared and before they commit. If it does not commit, they roll back.
 */
final class LastParticipant implements OnePhaseXAResource, AbortableXAResource {

    private static final System.Logger LOG = QueueLog.logger();

    /** How often a commit is sent whose answer is lost. The server commits it once, and the driver waits for a primary. */
    private static final int COMMITS = 3;

    private final GuardedSession session;
    private final Consumer<? super MongoException> failures;

    /**
     * Takes part with a session.
     *
     * @param failures told why a commit did not succeed: on Open Liberty a rollback by a participant reaches the caller
     *     without its cause
     */
    LastParticipant(GuardedSession session, Consumer<? super MongoException> failures) {
        this.session = session;
        this.failures = failures;
    }

    @Override
    public String getResourceName() {
        return "MongoDB";
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!onePhase) {
            throw refusal(XAException.XAER_PROTO, "MongoDB commits in one phase only", null);
        }
        try {
            session.commit(LastParticipant::commit);
        } catch (MongoException e) {
            failures.accept(e);
            throw outcome(e);
        }
    }

    private static void commit(ClientSession session) {
        for (int attempt = 1; ; attempt++) {
            try {
                session.commitTransaction();
                return;
            } catch (MongoException e) {
                if (attempt == COMMITS || !isUnknown(e)) {
                    throw e;
                }
                int sent = attempt;
                LOG.log(
                        Level.DEBUG,
                        () -> "the answer to commit " + sent + " of a transaction is lost: " + Errors.line(e));
            }
        }
    }

    /** Only what is known to be rolled back is said to be. */
    private static XAException outcome(MongoException error) {
        if (isUnknown(error)) {
            return refusal(XAException.XAER_RMFAIL, "whether MongoDB has committed is not known", error);
        }
        boolean isTransient = error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
        return refusal(
                isTransient ? XAException.XA_RBTRANSIENT : XAException.XA_RBROLLBACK,
                "MongoDB has rolled back instead of committing",
                error);
    }

    /**
     * A command that was answered with an error did not commit, unless it says that its outcome is open; a commit that did not
     * reach the majority, or was not answered at all, may have.
     */
    private static boolean isUnknown(MongoException error) {
        return error.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)
                || error instanceof MongoWriteConcernException
                || !(error instanceof MongoCommandException
                        || error.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL));
    }

    @Override
    public void rollback(Xid xid) {
        abort();
    }

    /**
     * Called when the transaction times out, on another thread. The transaction's own thread may be busy for long, and would
     * hold what it has written all the while.
     */
    @Override
    public void abort(Xid xid) {
        abort();
    }

    /** What cannot be told to abort is aborted by the server itself, when the time that a transaction may live is over. */
    private void abort() {
        try {
            session.abort();
        } catch (MongoException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "a transaction could not be told to abort, MongoDB will by itself: " + Errors.line(e));
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        throw refusal(XAException.XAER_PROTO, "MongoDB cannot prepare: it commits last, in one phase", null);
    }

    @Override
    public void start(Xid xid, int flags) {
        // the transaction has begun with its session
    }

    @Override
    public void end(Xid xid, int flags) {
        // nothing is suspended: the session is the transaction's
    }

    @Override
    public void forget(Xid xid) {
        // nothing is remembered
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0]; // nothing is ever prepared
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false; // MongoDB's is a parameter of its server
    }

    private static XAException refusal(int code, String text, @Nullable MongoException cause) {
        XAException refusal = new XAException(text + (cause == null ? "" : ": " + Errors.line(cause)));
        refusal.errorCode = code;
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
