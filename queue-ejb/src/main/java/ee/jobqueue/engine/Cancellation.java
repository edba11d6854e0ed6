package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and why an attempt is to stop, and whether it may still commit. Safe for use by several threads.
 *
 * <p>The two go together: an attempt that was told to stop, for any reason but that its worker stops, commits nothing
 * afterwards. A commit cannot be called off once it has begun, so what is said meanwhile is told when it has ended; whoever
 * says it waits for nothing.
 */
final class Cancellation {

    private @Nullable CancellationReason told;
    private @Nullable CancellationReason saidWhileCommitting;
    private int commits;

    /** Says that the work is no longer wanted. The first reason stays, unless it is only that the worker stops. */
    synchronized void say(CancellationReason reason) {
        if (commits == 0) {
            told = stronger(told, reason);
        } else {
            saidWhileCommitting = stronger(saidWhileCommitting, reason);
        }
    }

    /** What the attempt is told. */
    synchronized Optional<CancellationReason> told() {
        return Optional.ofNullable(told);
    }

    /** Whether another one has the job, or nobody: what becomes of it is no longer this attempt's to record. */
    synchronized boolean isJobLost() {
        return isRefusing() && told != CancellationReason.TIMED_OUT;
    }

    /** Begins a commit, unless the attempt was told otherwise. What was begun is to be {@linkplain #endCommit() ended}. */
    synchronized boolean beginCommit() {
        if (isRefusing()) {
            return false;
        }
        commits++;
        return true;
    }

    synchronized void endCommit() {
        commits--;
        if (commits == 0 && saidWhileCommitting != null) {
            told = stronger(told, saidWhileCommitting);
            saidWhileCommitting = null;
        }
    }

    /** Whether nothing of the attempt may commit any more. */
    synchronized boolean isRefusing() {
        return told != null && told != CancellationReason.WORKER_STOPPING;
    }

    private static CancellationReason stronger(@Nullable CancellationReason first, CancellationReason second) {
        return first == null || first == CancellationReason.WORKER_STOPPING ? second : first;
    }
}
