package ee.jobqueue.jpa;

import ee.jobqueue.engine.LeaseRenewed;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A renewal of a lease in a flight recording, with what it waited for. */
@Name(RenewalEvent.NAME)
@Label("Lease renewed")
@Category("JobQueue")
@StackTrace(false)
final class RenewalEvent extends Event {

    static final String NAME = "ee.jobqueue.LeaseRenewed";

    @Label("Thread")
    @Timespan
    long thread;

    @Label("Transaction")
    @Timespan
    long transaction;

    @Label("Connection and statement")
    @Timespan
    long statement;

    @Label("Commit")
    @Timespan
    long commit;

    /** Notes a renewal that has just ended. */
    static void note(LeaseRenewed renewal) {
        RenewalEvent event = new RenewalEvent();
        event.thread = renewal.thread().toNanos();
        event.transaction = renewal.transaction().toNanos();
        event.statement = renewal.statement().toNanos();
        event.commit = renewal.commit().toNanos();
        event.commit();
    }
}
