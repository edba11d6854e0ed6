package ee.jobqueue.conformance;

import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Deletes chains under the locks of their keys, their rows and their last jobs. */
final class MemoryDeleting {

    private final MemoryDatabase database;
    private final MemoryKeys keys;

    MemoryDeleting(MemoryDatabase database) {
        this.database = database;
        this.keys = new MemoryKeys(database);
    }

    List<Job> delete(Set<ChainId> chains, Cascade cascade, Refusals refusals) {
        List<ChainId> named = new ArrayList<>(
                chains.stream().sorted(Comparator.comparing(ChainId::value)).toList());
        named.removeIf(chain -> isMissing(chain, refusals));
        Set<ChainId> locked = Set.of();
        Set<ChainId> all = withBlockers(named, cascade);
        while (!locked.containsAll(all)) { // a blocker may have come in while the locks were waited for
            lock(all);
            locked = all;
            all = withBlockers(named, cascade);
        }
        Instant now = database.clock.now();
        named.removeIf(chain -> isMissing(chain, refusals)
                || !refusals.isMeant(database.lastJob(chain).orElseThrow().job(now)));
        Map<ChainId, List<Reference>> needed = needed(named, cascade);
        while (!needed.isEmpty()) { // what is left out may need what is left
            refusals.refuseInUse(needed);
            named.removeAll(needed.keySet());
            needed = needed(named, cascade);
        }
        return remove(withBlockers(named, cascade));
    }

    /** Those of the chains that cannot be deleted with the others, and who needs what of each. */
    private Map<ChainId, List<Reference>> needed(List<ChainId> named, Cascade cascade) {
        List<Reference> references = references(withBlockers(named, cascade));
        Map<ChainId, List<Reference>> needed = new LinkedHashMap<>();
        for (ChainId chain : named) {
            Set<ChainId> along = withBlockers(List.of(chain), cascade);
            List<Reference> ofChain = references.stream()
                    .filter(reference -> along.contains(reference.blocker()))
                    .toList();
            if (!ofChain.isEmpty()) {
                needed.put(chain, ofChain);
            }
        }
        return needed;
    }

    private boolean isMissing(ChainId chain, Refusals refusals) {
        boolean isMissing = database.lastJob(chain).isEmpty();
        if (isMissing) {
            refusals.refuse(chain, new ChainNotFoundException(chain));
        }
        return isMissing;
    }

    List<Job> deleteOver(Set<Status> statuses, Duration age, int limit) {
        Instant latest = database.clock.now().minus(age);
        List<ChainId> candidates = database.jobs.select(row -> row.position() == 0).stream()
                .flatMap(first -> database.lastJob(first.chainId()).stream())
                .filter(last -> isOver(last, statuses, latest))
                .sorted(Comparator.comparing(last -> last.state().endedAt()))
                .map(JobRow::chainId)
                .filter(chain -> references(Set.of(chain)).isEmpty())
                .limit(limit)
                .toList();
        Set<ChainId> locked = new HashSet<>();
        for (ChainId chain : candidates) {
            if (tryLock(chain)
                    && database.lastJob(chain)
                            .filter(last -> isOver(last, statuses, latest))
                            .isPresent()
                    && references(Set.of(chain)).isEmpty()) {
                locked.add(chain);
            }
        }
        return remove(locked);
    }

    private static boolean isOver(JobRow last, Set<Status> statuses, Instant latest) {
        Instant endedAt = last.state().endedAt();
        return statuses.contains(last.state().status()) && endedAt != null && !endedAt.isAfter(latest);
    }

    private Set<ChainId> withBlockers(List<ChainId> named, Cascade cascade) {
        Set<ChainId> all = new HashSet<>();
        List<ChainId> open = new ArrayList<>(named);
        while (!open.isEmpty()) {
            ChainId chain = open.remove(0);
            if (database.lastJob(chain).isPresent() && all.add(chain) && cascade == Cascade.BLOCKERS) {
                jobsOf(chain).forEach(job -> open.addAll(job.blockerChains()));
            }
        }
        return all;
    }

    private List<JobRow> jobsOf(ChainId chain) {
        return database.jobs.select(job -> job.chainId().equals(chain));
    }

    private void lock(Set<ChainId> chains) {
        keys.lock(keysOf(chains));
        Set<String> rows = new TreeSet<>(chains.stream().map(ChainId::value).toList());
        rows.forEach(database.jobs::lock);
        Set<String> lastJobs = new TreeSet<>();
        chains.forEach(chain ->
                database.lastJob(chain).ifPresent(last -> lastJobs.add(last.id().value())));
        lastJobs.forEach(database.jobs::lock);
    }

    private boolean tryLock(ChainId chain) {
        return keysOf(Set.of(chain)).stream().allMatch(database.keys::tryLock)
                && database.jobs.tryLock(chain.value())
                && database.lastJob(chain)
                        .filter(last -> database.jobs.tryLock(last.id().value()))
                        .isPresent();
    }

    /** The keys under which chains were started, and by which their ids are claimed. */
    private Set<MemoryDatabase.Key> keysOf(Set<ChainId> chains) {
        Set<MemoryDatabase.Key> all = new TreeSet<>(database.keys.keys(chains::contains));
        chains.forEach(chain -> keys.keyOf(chain).ifPresent(all::add));
        return all;
    }

    private List<Reference> references(Set<ChainId> chains) {
        List<Reference> references = new ArrayList<>();
        for (JobRow job : database.jobs.select(
                job -> !chains.contains(job.chainId()) && !job.is(Status.COMPLETED) && !job.is(Status.CANCELLED))) {
            job.blockerChains().stream()
                    .filter(chains::contains)
                    .forEach(blocker -> references.add(new Reference(blocker, job.id())));
        }
        references.sort(Comparator.<Reference, String>comparing(
                        reference -> reference.blocker().value())
                .thenComparing(reference -> reference.job().value()));
        return references;
    }

    /** Those who waited do so no more; another chain may get a deleted one's id. Waits for nobody. */
    private void forget(Collection<ChainId> chains) {
        database.jobs.select(job -> !Collections.disjoint(job.blockerChains(), chains)).stream()
                .filter(job -> database.jobs.tryLock(job.id().value()))
                .forEach(job -> database.job(job.id()).ifPresent(now -> database.write(now.without(chains))));
    }

    private List<Job> remove(Collection<ChainId> chains) {
        Instant now = database.clock.now();
        List<Job> lastJobs = chains.stream()
                .sorted(Comparator.comparing(ChainId::value))
                .map(chain -> database.lastJob(chain).orElseThrow().job(now))
                .toList();
        for (ChainId chain : chains) {
            boolean isRunning = database.lastJob(chain)
                    .filter(last -> last.is(Status.RUNNING))
                    .isPresent();
            database.keys.keys(chain::equals).forEach(claim -> database.keys.write(claim, null));
            if (isRunning) {
                database.keys.write(MemoryDatabase.Key.ofId(chain.value()), MemoryDatabase.NOBODY);
            }
            jobsOf(chain).forEach(job -> database.jobs.write(job.id().value(), null));
        }
        forget(chains);
        return lastJobs;
    }
}
