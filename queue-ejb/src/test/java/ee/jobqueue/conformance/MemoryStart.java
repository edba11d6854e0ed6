package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.Priority;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts chains: judges the keys under their locks, then the blockers under theirs, and writes when all is well. */
final class MemoryStart {

    private final MemoryDatabase database;
    private final MemoryBlockers blockers;

    MemoryStart(MemoryDatabase database, MemoryBlockers blockers) {
        this.database = database;
        this.blockers = blockers;
    }

    List<Started> start(List<NewJob> jobs) {
        refuseRepeatedIds(jobs);
        lockKeys(jobs);
        List<@Nullable ChainId> holders = holders(jobs);
        checkBlockers(jobs, holders);
        Map<MemoryDatabase.Key, ChainId> startedHere = new HashMap<>();
        List<Started> started = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            NewJob job = jobs.get(i);
            ChainId holder = holders.get(i);
            ChainId earlier = job.deduplication() == null ? null : startedHere.get(keyOf(job, job.deduplication()));
            ChainId chain = earlier != null ? earlier : holder;
            started.add(chain == null ? write(job, startedHere) : hit(chain));
        }
        return started;
    }

    private static void refuseRepeatedIds(List<NewJob> jobs) {
        Set<UUID> seen = new HashSet<>();
        for (NewJob job : jobs) {
            if (job.id() != null && !seen.add(job.id())) {
                throw new DuplicateJobIdException(new JobId(job.id().toString()));
            }
        }
    }

    private void claimIds(List<NewJob> jobs) {
        Set<String> ids = new TreeSet<>();
        jobs.stream()
                .filter(job -> job.id() != null)
                .forEach(job -> ids.add(job.id().toString()));
        for (String id : ids) {
            MemoryDatabase.Key claim = MemoryDatabase.Key.ofId(id);
            database.keys.lock(claim);
            boolean isRetired = database.keys
                    .find(claim)
                    .filter(holder -> holder.chain().equals(MemoryDatabase.Holder.NOBODY))
                    .isPresent();
            if (isRetired || database.jobs.find(id).isPresent()) {
                throw new DuplicateJobIdException(new JobId(id));
            }
        }
        ids.forEach(id -> database.keys.write(
                MemoryDatabase.Key.ofId(id), new MemoryDatabase.Holder(new ChainId(id), database.clock.now())));
    }

    private void lockKeys(List<NewJob> jobs) {
        Set<MemoryDatabase.Key> keys = new TreeSet<>();
        for (NewJob job : jobs) {
            if (job.deduplication() != null) {
                keys.add(keyOf(job, job.deduplication()));
            }
        }
        keys.forEach(database.keys::lock);
    }

    private List<@Nullable ChainId> holders(List<NewJob> jobs) {
        List<@Nullable ChainId> holders = new ArrayList<>();
        for (NewJob job : jobs) {
            holders.add(job.deduplication() == null ? null : holder(job, job.deduplication()));
        }
        return holders;
    }

    private @Nullable ChainId holder(NewJob job, Deduplication deduplication) {
        return database.keys
                .find(keyOf(job, deduplication))
                .filter(holder -> holds(holder, deduplication))
                .map(MemoryDatabase.Holder::chain)
                .orElse(null);
    }

    private boolean holds(MemoryDatabase.Holder holder, Deduplication deduplication) {
        if (deduplication.disregarded().contains(holder.chain())) {
            return false;
        }
        if (deduplication.window() != null
                && !holder.startedAt().plus(deduplication.window()).isAfter(database.clock.now())) {
            return false;
        }
        return database.lastJob(holder.chain())
                .filter(last -> deduplication.scope() == Deduplication.Scope.ANY
                        || !last.state().status().isOver())
                .isPresent();
    }

    private void checkBlockers(List<NewJob> jobs, List<@Nullable ChainId> holders) {
        Set<MemoryDatabase.Key> keys = new HashSet<>();
        List<NewJob> toWrite = new ArrayList<>();
        Set<ChainId> chains = new HashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            NewJob job = jobs.get(i);
            boolean isHit = holders.get(i) != null;
            if (!isHit && (job.deduplication() == null || keys.add(keyOf(job, job.deduplication())))) {
                toWrite.add(job);
                chains.addAll(job.blockers().chains());
            }
        }
        claimIds(toWrite);
        blockers.lock(chains);
        toWrite.forEach(job -> blockers.check(job.blockers()));
    }

    private Started write(NewJob job, Map<MemoryDatabase.Key, ChainId> startedHere) {
        Instant now = database.clock.now();
        JobState state = JobState.written(
                MemoryClock.dueAt(job.schedule(), now), job.priority() == null ? Priority.DEFAULT : job.priority());
        JobRow row = blockers.write(JobRow.first(new JobId(idOf(job)), job, now, state), now);
        if (job.deduplication() != null) {
            MemoryDatabase.Key key = keyOf(job, job.deduplication());
            database.keys.write(key, new MemoryDatabase.Holder(row.chainId(), now));
            startedHere.put(key, row.chainId());
        }
        return new Started(row.stored(now), false);
    }

    private String idOf(NewJob job) {
        return job.id() == null ? database.newId() : job.id().toString();
    }

    private Started hit(ChainId chain) {
        return new Started(database.lastJob(chain).orElseThrow().stored(database.clock.now()), true);
    }

    private static MemoryDatabase.Key keyOf(NewJob job, Deduplication deduplication) {
        return new MemoryDatabase.Key(job.type(), deduplication.key());
    }
}
