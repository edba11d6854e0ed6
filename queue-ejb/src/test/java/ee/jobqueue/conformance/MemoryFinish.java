package ee.jobqueue.conformance;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.JobNotFoundException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.LeaseLostException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finishes jobs and puts them back, each by the right of a claim that is looked at under the lock of the job. */
final class MemoryFinish {

    private final MemoryDatabase database;
    private final MemoryBlockers blockers;
    private final MemoryKeys keys;

    MemoryFinish(MemoryDatabase database, MemoryBlockers blockers) {
        this.database = database;
        this.blockers = blockers;
        this.keys = new MemoryKeys(database);
    }

    JobRow hold(Token token) {
        database.jobs.lock(token.jobId().value());
        return owned(token).orElseThrow(() -> new LeaseLostException(token.jobId(), token.attempt()));
    }

    JobRow lock(ChainId chainId) {
        JobRow seen = database.lastJob(chainId).orElseThrow(() -> new ChainNotFoundException(chainId));
        database.jobs.lock(seen.chainRow().value());
        JobRow last = database.lastJob(chainId).orElseThrow(() -> new ChainNotFoundException(chainId));
        database.jobs.lock(last.id().value());
        return database.job(last.id()).orElseThrow();
    }

    Finished complete(Claim claim, @Nullable String output) {
        lockChainOf(claim.jobId(), List.of());
        JobRow job = claimed(claim);
        database.write(job.with(job.state().completed(worker(claim), output, database.clock.now())));
        return new Finished(true, blockers.unblockAfter(job.chainId()));
    }

    Finished continueWith(Claim claim, NewJob next) {
        refuseHeldKey(claim);
        lockChainOf(claim.jobId(), next.blockers().chains());
        JobRow job = claimed(claim);
        blockers.check(next.blockers());
        blockers.checkCycle(job.chainId(), next.blockers());
        Instant now = database.clock.now();
        JobState state = JobState.written(
                MemoryClock.dueAt(next.schedule(), now),
                next.priority() == null ? job.state().priority() : next.priority());
        JobRow written = job.next(new JobId(database.newId()), next, now, state);
        database.write(job.with(job.state().completed(worker(claim), null, now)));
        JobRow settled = blockers.write(written, now);
        JobRow chain = database.chain(job.chainId()).orElseThrow();
        database.write(chain.withLastJob(written.id()));
        if (!settled.state().status().isOver()) {
            return Finished.CONTINUED;
        }
        Resolved others = blockers.resolveAfter(List.of(job.chainId()));
        List<Job> ended = new ArrayList<>(others.ended());
        ended.add(settled.job(now));
        return new Finished(true, new Resolved(others.unblocked(), ended));
    }

    /** A failed chain is opened again by its continuation. Nothing is written before this. */
    private void refuseHeldKey(Claim claim) {
        if (claim instanceof Locked) {
            database.job(claim.jobId())
                    .filter(job -> job.is(Status.FAILED))
                    .map(JobRow::chainId)
                    .ifPresent(this::refuseHeldKey);
        }
    }

    private void refuseHeldKey(ChainId chain) {
        keys.keyOf(chain).ifPresent(key -> {
            keys.lock(List.of(key));
            keys.holder(key, chain).ifPresent(holder -> {
                throw new KeyHeldException(chain, key.key(), holder);
            });
        });
    }

    void reschedule(Token token, Schedule schedule) {
        JobRow job = hold(token);
        database.write(job.with(job.state().rescheduled(MemoryClock.dueAt(schedule, database.clock.now()))));
    }

    void conflict(Token token) {
        JobRow job = hold(token);
        database.write(job.with(job.state().conflicted(database.clock.now())));
    }

    Finished fail(Token token, String error, @Nullable Schedule retry) {
        if (retry == null) {
            lockChainOf(token.jobId(), List.of());
        }
        JobRow job = hold(token);
        Instant now = database.clock.now();
        Instant retryAt = retry == null ? null : MemoryClock.dueAt(retry, now);
        database.write(job.with(job.state().failed(error, retryAt, now)));
        return retry == null ? new Finished(true, blockers.resolveAfter(List.of(job.chainId()))) : Finished.CONTINUED;
    }

    List<Token> giveBack(List<Token> tokens) {
        List<Token> passedOver = new ArrayList<>();
        for (Token token : tokens) {
            if (database.jobs.tryLock(token.jobId().value())) {
                owned(token)
                        .ifPresent(job -> database.write(job.with(job.state().givenBack(database.clock.now()))));
            } else if (owned(token).isPresent()) {
                passedOver.add(token);
            }
        }
        return passedOver;
    }

    private void lockChainOf(JobId jobId, List<ChainId> others) {
        database.job(jobId).ifPresent(job -> {
            List<ChainId> chains = new ArrayList<>(others);
            chains.add(job.chainId());
            blockers.lock(chains);
        });
    }

    private static @Nullable String worker(Claim claim) {
        return claim instanceof Token token ? token.worker().value() : null;
    }

    private JobRow claimed(Claim claim) {
        if (claim instanceof Token token) {
            return hold(token);
        }
        database.jobs.lock(claim.jobId().value());
        JobRow job = database.job(claim.jobId()).orElseThrow(() -> new JobNotFoundException(claim.jobId()));
        if (!Transition.COMPLETE_FROM_OUTSIDE.isAllowedFrom(job.state().status())) {
            throw new AlreadyOverException(job.id(), job.state().status());
        }
        return job;
    }

    private Optional<JobRow> owned(Token token) {
        return database.job(token.jobId()).filter(job -> job.isOwnedBy(token));
    }
}
