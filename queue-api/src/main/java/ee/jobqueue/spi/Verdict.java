package ee.jobqueue.spi;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a job that waits, by how its blockers stand: the one rule for all stores, and for every moment at which
 * it is asked, be it that the job is written, that a blocker ends, or that a sweep passes.
 *
 * @param status {@link Status#FAILED} or {@link Status#CANCELLED} when the first blocker in the declared order that did
 *     not complete and says so says so; {@link Status#PENDING} when every blocker is completed, or did not complete and
 *     says {@link OnFailure#RUN}; else {@link Status#BLOCKED}
 * @param reason for an ended job, its last error, which names the blocker and how that ended; else {@code null}
 * @since 0.1
 */
public record Verdict(Status status, @Nullable String reason) {

    private static final Verdict BLOCKED = new Verdict(Status.BLOCKED, null);
    private static final Verdict PENDING = new Verdict(Status.PENDING, null);

    /**
     * Refuses nulls.
     *
     * @param status where the job stands from now on
     * @param reason for an ended job, its last error
     */
    public Verdict {
        Objects.requireNonNull(status, "status");
    }

    /**
     * Judges a job.
     *
     * @param blockers its blockers in the declared order
     * @param ends how a chain ended; {@code null} while it is open
     * @return the verdict
     */
    public static Verdict of(List<Blocker> blockers, Function<ChainId, @Nullable Status> ends) {
        boolean waits = false;
        for (Blocker blocker : blockers) {
            Status end = ends.apply(blocker.chain());
            if (end == null) {
                waits = true;
            } else if (end != Status.COMPLETED) {
                switch (blocker.onFailure()) {
                    case FAIL -> {
                        return new Verdict(Status.FAILED, reason(blocker.chain(), end));
                    }
                    case CANCEL -> {
                        return new Verdict(Status.CANCELLED, reason(blocker.chain(), end));
                    }
                    case WAIT -> waits = true;
                    case RUN -> {
                        // as settled as a completed one
                    }
                }
            }
        }
        return waits ? BLOCKED : PENDING;
    }

    /**
     * Whether the job, and its chain with it, is over by a blocker.
     *
     * @return whether it has failed or is cancelled
     */
    public boolean ends() {
        return status.isOver();
    }

    private static String reason(ChainId blocker, Status end) {
        return "it waited for chain " + blocker + ", which " + (end == Status.CANCELLED ? "was cancelled" : "failed");
    }
}
