package ee.jobqueue.spi;

import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import java.util.Objects;

/**
 * A chain for which a job waits, or waited.
 *
 * @param lastJob the chain's last job
 * @param onFailure what becomes of the waiting job when the chain fails or is cancelled
 * @since 0.1
 */
public record StoredBlocker(StoredJob lastJob, OnFailure onFailure) {

    /**
     * Refuses nulls.
     *
     * @param lastJob the chain's last job
     * @param onFailure what becomes of the waiting job when the chain fails or is cancelled
     */
    public StoredBlocker {
        Objects.requireNonNull(lastJob, "lastJob");
        Objects.requireNonNull(onFailure, "onFailure");
    }

    /**
     * Whether the job need not wait for the chain any more.
     *
     * @return whether the chain is completed, or failed or cancelled and the option is {@link OnFailure#RUN}
     */
    public boolean isSettled() {
        Status status = lastJob.job().status();
        return status == Status.COMPLETED || (status.isOver() && onFailure == OnFailure.RUN);
    }
}
