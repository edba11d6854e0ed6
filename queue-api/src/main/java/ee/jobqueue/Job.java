package ee.jobqueue;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was when it was read. Immutable; times are the store's.
 *
 * @param id identifies the job
 * @param chainId the chain it belongs to
 * @param chainType the name of the type that started the chain
 * @param chainStartedAt when the chain was started
 * @param type the name of its type
 * @param position its place in the chain, 0 for the first job
 * @param status where it stands
 * @param scheduled whether it is pending and its time lies ahead
 * @param priority its priority, from 0 to 9, the higher first within a type
 * @param attempt the number of the last attempt, 0 before the first; only ever grows
 * @param failures how many attempts failed
 * @param createdAt when it was written
 * @param scheduledAt when it is, or was, due
 * @param acquiredAt when its last attempt began; {@code null} before the first
 * @param endedAt when it was over; {@code null} while it is not
 * @param worker the worker that makes, or made, the last attempt; {@code null} before the first, and when the job was
 *     completed from outside
 * @param lastError the error of the last attempt that failed, or which blocker ended the job; kept after completion;
 *     {@code null} when there was none
 * @since 0.1
 */
public record Job(
        JobId id,
        ChainId chainId,
        String chainType,
        Instant chainStartedAt,
        String type,
        int position,
        Status status,
        boolean scheduled,
        int priority,
        int attempt,
        int failures,
        Instant createdAt,
        Instant scheduledAt,
        @Nullable Instant acquiredAt,
        @Nullable Instant endedAt,
        @Nullable String worker,
        @Nullable String lastError) {

    /**
     * Refuses nulls where they are not allowed.
     *
     * @param id identifies the job
     * @param chainId the chain it belongs to
     * @param chainType the name of the type that started the chain
     * @param chainStartedAt when the chain was started
     * @param type the name of its type
     * @param position its place in the chain, 0 for the first job
     * @param status where it stands
     * @param scheduled whether it is pending and its time lies ahead
     * @param priority its priority
     * @param attempt the number of the last attempt, 0 before the first
     * @param failures how many attempts failed
     * @param createdAt when it was written
     * @param scheduledAt when it is, or was, due
     * @param acquiredAt when its last attempt began
     * @param endedAt when it was over
     * @param worker the worker that makes, or made, the last attempt
     * @param lastError the error of the last attempt that failed, or which blocker ended the job
     */
    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(chainId, "chainId");
        Objects.requireNonNull(chainType, "chainType");
        Objects.requireNonNull(chainStartedAt, "chainStartedAt");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(scheduledAt, "scheduledAt");
    }
}
