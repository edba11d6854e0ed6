package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.Priority;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private final MemoryKeys keys;

    /** A chain that is written, unless another one holds its key. */
    private record Draft(ChainId id, NewJob job, @Nullable ChainId holder) {

        boolean isDropped() {
            return holder != null;
        }
    }

    MemoryStart(MemoryDatabase database, MemoryBlockers blockers) {
        this.database = database;
        this.blockers = blockers;
        this.keys = new MemoryKeys(database);
    }

    List<Started> start(List<NewJob> jobs) {
        refuseRepeatedIds(jobs);
        lockKeys(jobs);
        List<Draft> drafts = judge(jobs);
        List<NewJob> fresh = drafts.stream()
                .filter(draft -> !draft.isDropped())
                .map(Draft::job)
                .toList();
        claimIds(fresh);
        blockers.lock(
                fresh.stream().flatMap(job -> job.blockers().chains().stream()).toList());
        fresh.forEach(job -> blockers.check(job.blockers()));
        return drafts.stream()
                .map(draft -> draft.isDropped() ? hit(draft.holder()) : write(draft))
                .toList();
    }

    private static void refuseRepeatedIds(List<NewJob> jobs) {
        Set<UUID> seen = new HashSet<>();
        for (NewJob job : jobs) {
            if (job.id() != null && !seen.add(job.id())) {
                throw new DuplicateJobIdException(new JobId(job.id().toString()));
            }
        }
    }

    /** Refuses what is no id among the chains that are disregarded. */
    private void lockKeys(List<NewJob> jobs) {
        List<MemoryDatabase.Key> all = new ArrayList<>();
        for (NewJob job : jobs) {
            Deduplication deduplication = job.deduplication();
            if (deduplication != null) {
                deduplication.disregarded().forEach(database::chain);
                all.add(keyOf(job, deduplication));
            }
        }
        keys.lock(all);
    }

    /** One after the other: those of this call are newer than all that were there. */
    private List<Draft> judge(List<NewJob> jobs) {
        Map<MemoryDatabase.Key, Deque<ChainId>> startedHere = new HashMap<>();
        List<Draft> drafts = new ArrayList<>();
        for (NewJob job : jobs) {
            ChainId id =
                    new ChainId(job.id() == null ? database.newId() : job.id().toString());
            Deduplication deduplication = job.deduplication();
            if (deduplication == null) {
                drafts.add(new Draft(id, job, null));
                continue;
            }
            MemoryDatabase.Key key = keyOf(job, deduplication);
            Deque<ChainId> before = startedHere.computeIfAbsent(key, none -> new ArrayDeque<>());
            ChainId holder = before.stream()
                    .filter(chain -> !deduplication.disregarded().contains(chain))
                    .findFirst()
                    .or(() -> keys.holder(key, deduplication))
                    .orElse(null);
            if (holder == null) {
                before.push(id);
            }
            drafts.add(new Draft(id, job, holder));
        }
        return drafts;
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
                    .filter(MemoryDatabase.NOBODY::equals)
                    .isPresent();
            if (isRetired || database.jobs.find(id).isPresent()) {
                throw new DuplicateJobIdException(new JobId(id));
            }
        }
        ids.forEach(id -> database.keys.write(MemoryDatabase.Key.ofId(id), new ChainId(id)));
    }

    private Started write(Draft draft) {
        NewJob job = draft.job();
        Instant now = database.clock.now();
        JobState state = JobState.written(
                MemoryClock.dueAt(job.schedule(), now), job.priority() == null ? Priority.DEFAULT : job.priority());
        JobRow row = blockers.write(JobRow.first(new JobId(draft.id().value()), job, now, state), now);
        return new Started(row.stored(now), false);
    }

    private Started hit(ChainId chain) {
        return new Started(database.lastJob(chain).orElseThrow().stored(database.clock.now()), true);
    }

    private static MemoryDatabase.Key keyOf(NewJob job, Deduplication deduplication) {
        return new MemoryDatabase.Key(job.type(), deduplication.key());
    }
}
