package ee.jobqueue.chaos.member;

import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.engine.AttemptEnded;
import ee.jobqueue.engine.LeaseRenewed;
import ee.jobqueue.engine.QueueListener;

/** Writes down how attempts end, and when the lease is renewed. */
record HistoryOfEngine(HistoryFile history) implements QueueListener {

    @Override
    public void attemptEnded(AttemptEnded event) {
        history.add(
                What.ENDED,
                "end",
                event.end(),
                "job",
                event.job().id(),
                "attempt",
                event.job().attempt(),
                "error",
                event.error() == null ? "" : event.error());
    }

    @Override
    public void leaseRenewed(LeaseRenewed event) {
        history.add(
                What.RENEWED,
                "thread",
                event.thread().toMillis(),
                "transaction",
                event.transaction().toMillis(),
                "statement",
                event.statement().toMillis(),
                "commit",
                event.commit().toMillis());
    }
}
