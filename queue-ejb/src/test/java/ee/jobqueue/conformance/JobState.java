package ee.jobqueue.conformance;

import ee.jobqueue.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What changes about a job, and every change there is. */
record JobState(
        Status status,
        Instant scheduledAt,
        int attempt,
        int failures,
        int conflicts,
        @Nullable Instant acquiredAt,
        @Nullable Instant endedAt,
        @Nullable String worker,
        @Nullable String lastError,
        @Nullable String output) {

    static JobState written(Status status, Instant scheduledAt) {
        return new JobState(status, scheduledAt, 0, 0, 0, null, null, null, null, null);
    }

    JobState acquired(String by, Instant now) {
        return new JobState(
                Status.RUNNING, scheduledAt, attempt + 1, failures, conflicts, now, null, by, lastError, null);
    }

    /** Completed by a worker, or for {@code null} from outside. */
    JobState completed(@Nullable String by, @Nullable String result, Instant now) {
        return new JobState(
                Status.COMPLETED, scheduledAt, attempt, failures, 0, acquiredAt, now, by, lastError, result);
    }

    JobState cancelled(Instant now) {
        return new JobState(
                Status.CANCELLED, scheduledAt, attempt, failures, 0, acquiredAt, now, worker, lastError, null);
    }

    JobState rescheduled(Instant at) {
        return pending(at, failures, 0, lastError);
    }

    /** The same, due at another time. */
    JobState dueAt(Instant at) {
        return pending(at, failures, conflicts, lastError);
    }

    JobState conflicted(Instant now) {
        return pending(now, failures, conflicts + 1, lastError);
    }

    JobState givenBack(Instant now) {
        return pending(now, failures, conflicts, lastError);
    }

    /** One failure more: to run again at a time, or {@link Status#FAILED} when that is {@code null}. */
    JobState failed(String error, @Nullable Instant retryAt, Instant now) {
        if (retryAt != null) {
            return pending(retryAt, failures + 1, 0, error);
        }
        return new JobState(Status.FAILED, scheduledAt, attempt, failures + 1, 0, acquiredAt, now, worker, error, null);
    }

    /** Keeps a schedule that lies ahead; a past one becomes now, so that the job does not jump the line. */
    JobState unblocked(Instant now) {
        return pending(scheduledAt.isBefore(now) ? now : scheduledAt, failures, conflicts, lastError);
    }

    /** Open again, with a fresh allowance. */
    JobState retried(boolean waits, Instant now) {
        JobState pending = pending(now, 0, 0, lastError);
        return waits ? pending.blockedAgain() : pending;
    }

    /** Failed while it waited. */
    JobState failedWaiting(Instant now) {
        return new JobState(
                Status.FAILED, scheduledAt, attempt, failures, conflicts, acquiredAt, now, worker, lastError, null);
    }

    JobState blockedAgain() {
        return new JobState(
                Status.BLOCKED,
                scheduledAt,
                attempt,
                failures,
                conflicts,
                acquiredAt,
                endedAt,
                worker,
                lastError,
                output);
    }

    private JobState pending(Instant at, int newFailures, int newConflicts, @Nullable String error) {
        return new JobState(
                Status.PENDING, at, attempt, newFailures, newConflicts, acquiredAt, null, worker, error, null);
    }
}
