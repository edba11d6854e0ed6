package ee.jobqueue.spi;

import static ee.jobqueue.Status.BLOCKED;
import static ee.jobqueue.Status.CANCELLED;
import static ee.jobqueue.Status.COMPLETED;
import static ee.jobqueue.Status.FAILED;
import static ee.jobqueue.Status.PENDING;
import static ee.jobqueue.Status.RUNNING;

import ee.jobqueue.Status;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one table of status changes: which verb leads from where to where. The stores' guards, the refusals, the
 * conformance suite's matrix and the diagram in the documentation come from it.
 *
 * @since 0.1
 */
public enum Transition {
    /** The last open blocker was completed, or ended otherwise and the job runs all the same. */
    UNBLOCK(EnumSet.of(BLOCKED), EnumSet.of(PENDING)),
    /** A blocker failed or was cancelled, and the job fails with it. */
    FAIL_BY_BLOCKER(EnumSet.of(BLOCKED), EnumSet.of(FAILED)),
    /** A blocker failed or was cancelled, and the job is called off with it. */
    CANCEL_BY_BLOCKER(EnumSet.of(BLOCKED), EnumSet.of(CANCELLED)),
    /** A worker takes a due job; attempt + 1. */
    ACQUIRE(EnumSet.of(PENDING), EnumSet.of(RUNNING)),
    /** An attempt finishes its job. */
    COMPLETE(EnumSet.of(RUNNING), EnumSet.of(COMPLETED)),
    /** An attempt puts its job back without a failure: rescheduled, given back, or after a conflict. */
    RESCHEDULE(EnumSet.of(RUNNING), EnumSet.of(PENDING)),
    /** An attempt failed; failures + 1. */
    FAIL(EnumSet.of(RUNNING), EnumSet.of(PENDING, FAILED)),
    /** The lease of the job's worker is over; failures + 1. */
    REAP(EnumSet.of(RUNNING), EnumSet.of(PENDING, FAILED)),
    /** Completed without a worker. */
    COMPLETE_FROM_OUTSIDE(EnumSet.of(BLOCKED, PENDING, RUNNING, FAILED), EnumSet.of(COMPLETED)),
    /** Called off. */
    CANCEL(EnumSet.of(BLOCKED, PENDING, RUNNING, FAILED), EnumSet.of(CANCELLED)),
    /** Given a fresh allowance of attempts after it had failed; blocked while one of its blockers is open. */
    RETRY(EnumSet.of(FAILED), EnumSet.of(PENDING, BLOCKED)),
    /** Made due at once. */
    TRIGGER(EnumSet.of(PENDING), EnumSet.of(PENDING)),
    /** Given another schedule without a worker. */
    RESCHEDULE_FROM_OUTSIDE(EnumSet.of(PENDING), EnumSet.of(PENDING)),
    /** Given another priority. */
    PRIORITIZE(EnumSet.of(PENDING), EnumSet.of(PENDING));

    private final Set<Status> from;
    private final Set<Status> to;

    Transition(Set<Status> from, Set<Status> to) {
        this.from = Set.copyOf(from);
        this.to = Set.copyOf(to);
    }

    /**
     * Whether the verb may be applied to a job that stands there.
     *
     * @param status where the job stands
     * @return whether the change is allowed; from {@link Status#COMPLETED} and {@link Status#CANCELLED} none is
     */
    public boolean isAllowedFrom(Status status) {
        return from.contains(status);
    }

    /**
     * From where the verb leads.
     *
     * @return the statuses, unmodifiable
     */
    public Set<Status> from() {
        return from;
    }

    /**
     * Where the verb leads.
     *
     * @return the statuses, unmodifiable
     */
    public Set<Status> to() {
        return to;
    }
}
