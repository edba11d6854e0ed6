package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A job's row as it is read; what changes a row is a statement. The first job's row is the chain's row as well:
 * {@code chain_status} and {@code awaited} mean something there only.
 */
@Entity(name = "Job")
@Table(name = "jobqueue_job")
@Immutable
class JobEntity {

    @Id
    private UUID id;

    @Column(name = "chain_id")
    private UUID chainId;

    @Column(name = "chain_type")
    private String chainType;

    @Column(name = "chain_started_at")
    private Instant chainStartedAt;

    @Column(name = "chain_position")
    private int position;

    private boolean continued;

    @Column(name = "chain_status")
    @Enumerated(EnumType.STRING)
    private @Nullable Status chainStatus;

    private boolean awaited;

    private String type;

    @Enumerated(EnumType.STRING)
    private Status status;

    private int priority;

    private String input;

    private @Nullable String output;

    private int attempt;

    private int failures;

    private int conflicts;

    private boolean blocked;

    private @Nullable UUID worker;

    @Column(name = "last_error")
    private @Nullable String lastError;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "scheduled_at")
    private Instant scheduledAt;

    @Column(name = "acquired_at")
    private @Nullable Instant acquiredAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    UUID id() {
        return id;
    }

    UUID chainId() {
        return chainId;
    }

    boolean isChainRow() {
        return position == 0;
    }

    boolean isAwaited() {
        return awaited;
    }

    /** The job as it stood when the database's clock showed {@code readAt}. */
    StoredJob toStored(Instant readAt) {
        return new StoredJob(toJob(readAt), input, output, conflicts, blocked);
    }

    private Job toJob(Instant readAt) {
        return new Job(
                new JobId(id.toString()),
                new ChainId(chainId.toString()),
                chainType,
                chainStartedAt,
                type,
                position,
                status,
                status == Status.PENDING && scheduledAt.isAfter(readAt),
                priority,
                attempt,
                failures,
                createdAt,
                scheduledAt,
                acquiredAt,
                endedAt,
                worker == null ? null : worker.toString(),
                lastError);
    }
}
