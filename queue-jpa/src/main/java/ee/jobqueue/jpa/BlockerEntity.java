package ee.jobqueue.jpa;

import ee.jobqueue.OnFailure;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That a job waits, or waited, for a chain; the position is the declared order. */
@Entity(name = "Blocker")
@Table(name = "jobqueue_blocker")
@IdClass(BlockerEntity.Key.class)
@Immutable
class BlockerEntity {

    @Id
    @Column(name = "job_id")
    private UUID jobId;

    @Id
    private int position;

    @Column(name = "chain_id")
    private UUID chainId;

    @Column(name = "on_failure")
    @Enumerated(EnumType.STRING)
    private OnFailure onFailure;

    record Key(UUID jobId, int position) implements Serializable {}
}
