package ee.jobqueue.conformance;

import ee.jobqueue.Status;
import ee.jobqueue.spi.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What changes about a job, and every change there is. */
record JobState(
        Status status,
        Instant scheduledAt,
        int priority,
        int attempt,
        int failures,
        int conflicts,
        @Nullable Instant acquiredAt,
        @Nullable Instant endedAt,
        @Nullable String worker,
        @Nullable String lastError,
        @Nullable String output) {

    /** Blocked until its blockers are looked at. */
    static JobState written(Instant scheduledAt, int priority) {
        return new JobState(Status.BLOCKED, scheduledAt, priority, 0, 0, 0, null, null, null, null, null);
    }

    JobState acquired(String by, Instant now) {
        return new JobState(
                Status.RUNNING,
                scheduledAt,
                priority,
                attempt + 1,
                failures,
                conflicts,
                now,
                null,
                by,
                lastError,
                null);
    }

    /** Completed by a worker, or for {@code null} from outside. */
    JobState completed(@Nullable String by, @Nullable String result, Instant now) {
        return new JobState(
                Status.COMPLETED, scheduledAt, priority, attempt, failures, 0, acquiredAt, now, by, lastError, result);
    }

    JobState cancelled(Instant now) {
        return new JobState(
                Status.CANCELLED,
                scheduledAt,
                priority,
                attempt,
                failures,
                0,
                acquiredAt,
                now,
                worker,
                lastError,
                null);
    }

    JobState rescheduled(Instant at) {
        return pending(at, failures, 0, lastError);
    }

    /** The same, due at another time. */
    JobState dueAt(Instant at) {
        return pending(at, failures, conflicts, lastError);
    }

    /** The same, with another priority. */
    JobState withPriority(int newPriority) {
        return new JobState(
                status,
                scheduledAt,
                newPriority,
                attempt,
                failures,
                conflicts,
                acquiredAt,
                endedAt,
                worker,
                lastError,
                output);
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
        return new JobState(
                Status.FAILED, scheduledAt, priority, attempt, failures + 1, 0, acquiredAt, now, worker, error, null);
    }

    /** Keeps a schedule that lies ahead; a past one becomes now, so that the job does not jump the line. */
    JobState unblocked(Instant now) {
        return pending(scheduledAt.isBefore(now) ? now : scheduledAt, failures, conflicts, lastError);
    }

    /** Open again, with a fresh allowance; blocked until its blockers are looked at. */
    JobState retried(Instant now) {
        return pending(now, 0, 0, lastError).blockedAgain();
    }

    /** Ended by a blocker while it waited; no failure counts. */
    JobState endedBy(Verdict verdict, Instant now) {
        return new JobState(
                verdict.status(),
                scheduledAt,
                priority,
                attempt,
                failures,
                conflicts,
                acquiredAt,
                now,
                worker,
                verdict.reason(),
                null);
    }

    JobState blockedAgain() {
        return new JobState(
                Status.BLOCKED,
                scheduledAt,
                priority,
                attempt,
                failures,
                conflicts,
                acquiredAt,
                null,
                worker,
                lastError,
                output);
    }

    private JobState pending(Instant at, int newFailures, int newConflicts, @Nullable String error) {
        return new JobState(
                Status.PENDING,
                at,
                priority,
                attempt,
                newFailures,
                newConflicts,
                acquiredAt,
                null,
                worker,
                error,
                null);
    }
}
