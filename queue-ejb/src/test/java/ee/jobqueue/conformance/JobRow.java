package ee.jobqueue.conformance;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.Status;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the in-memory store keeps it. The first job's row is the chain's row as well: only there is {@code lastJob} of
 * interest.
 */
record JobRow(
        JobId id,
        ChainId chainId,
        String chainType,
        Instant chainStartedAt,
        int position,
        String type,
        String input,
        Instant createdAt,
        List<Blocker> blockers,
        boolean blocked,
        @Nullable String key,
        JobState state,
        JobId lastJob) {

    static JobRow first(JobId id, NewJob job, Instant now, JobState state) {
        return new JobRow(
                id,
                new ChainId(id.value()),
                job.type(),
                now,
                0,
                job.type(),
                job.input(),
                now,
                job.blockers().inOrder(),
                !job.blockers().isEmpty(),
                job.deduplication() == null ? null : job.deduplication().key(),
                state,
                id);
    }

    /** The next job of this one's chain. */
    JobRow next(JobId nextId, NewJob job, Instant now, JobState nextState) {
        return new JobRow(
                nextId,
                chainId,
                chainType,
                chainStartedAt,
                position + 1,
                job.type(),
                job.input(),
                now,
                job.blockers().inOrder(),
                !job.blockers().isEmpty(),
                null,
                nextState,
                nextId);
    }

    JobRow with(JobState newState) {
        return new JobRow(
                id,
                chainId,
                chainType,
                chainStartedAt,
                position,
                type,
                input,
                createdAt,
                blockers,
                blocked,
                key,
                newState,
                lastJob);
    }

    JobRow withLastJob(JobId newLastJob) {
        return new JobRow(
                id,
                chainId,
                chainType,
                chainStartedAt,
                position,
                type,
                input,
                createdAt,
                blockers,
                blocked,
                key,
                state,
                newLastJob);
    }

    /** The same, when chains for which it waited are deleted. */
    JobRow without(Collection<ChainId> deleted) {
        return new JobRow(
                id,
                chainId,
                chainType,
                chainStartedAt,
                position,
                type,
                input,
                createdAt,
                blockers.stream()
                        .filter(blocker -> !deleted.contains(blocker.chain()))
                        .toList(),
                blocked,
                key,
                state,
                lastJob);
    }

    /** The chains for which it waits, or waited, in the declared order. */
    List<ChainId> blockerChains() {
        return blockers.stream().map(Blocker::chain).toList();
    }

    JobId chainRow() {
        return new JobId(chainId.value());
    }

    boolean is(Status status) {
        return state.status() == status;
    }

    boolean isOwnedBy(Token token) {
        return is(Status.RUNNING)
                && token.worker().value().equals(state.worker())
                && token.attempt() == state.attempt();
    }

    boolean isDue(Instant now) {
        return is(Status.PENDING) && !state.scheduledAt().isAfter(now);
    }

    Job job(Instant now) {
        return new Job(
                id,
                chainId,
                chainType,
                chainStartedAt,
                type,
                position,
                state.status(),
                is(Status.PENDING) && state.scheduledAt().isAfter(now),
                state.priority(),
                state.attempt(),
                state.failures(),
                createdAt,
                state.scheduledAt(),
                state.acquiredAt(),
                state.endedAt(),
                state.worker(),
                state.lastError());
    }

    StoredJob stored(Instant now) {
        return new StoredJob(job(now), input, state.output(), state.conflicts(), blocked);
    }
}
