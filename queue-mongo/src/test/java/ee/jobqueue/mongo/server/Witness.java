package ee.jobqueue.mongo.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A participant that can prepare, and notes how many of MongoDB's documents are committed at each of its own steps. */
final class Witness implements XAResource {

    private final IntSupplier committed;
    private final List<String> seen = new ArrayList<>();
    private int prepareError;

    Witness(IntSupplier committed) {
        this.committed = committed;
    }

    /** What happened, in order. */
    List<String> seen() {
        return seen;
    }

    void failToPrepare(int errorCode) {
        prepareError = errorCode;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        note("prepare");
        if (prepareError != 0) {
            throw new XAException(prepareError);
        }
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        note("commit");
    }

    @Override
    public void rollback(Xid xid) {
        note("rollback");
    }

    private void note(String step) {
        seen.add(step + ": " + committed.getAsInt());
    }

    @Override
    public void start(Xid xid, int flags) {
        // nothing of its own
    }

    @Override
    public void end(Xid xid, int flags) {
        // nothing of its own
    }

    @Override
    public void forget(Xid xid) {
        // nothing of its own
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
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
        return false;
    }
}
