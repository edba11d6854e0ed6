package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.notIn;
import static ee.jobqueue.mongo.Expressions.project;

import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/**
 * The room where chains are deleted because somebody says so: read, judge, delete.
 *
 * <p>A chain's last job is locked by whoever waits for it, and changed by whoever continues it; its key is changed by whoever
 * judges it. Since the deletion changes all of them, none of that happens unseen: one of the two conflicts.
 */
final class Deleting {

    /** From these a job does not read the outputs of its blockers any more. */
    private static final List<String> READS_NO_MORE = List.of(Status.COMPLETED.name(), Status.CANCELLED.name());

    private final MongoSession session;
    private final Cascade cascade;
    private final Refusals refusals;
    /** The blockers of each chain that was looked at, in a cascade. */
    private final Map<Object, Set<Object>> blockers = new HashMap<>();

    Deleting(MongoSession session, Cascade cascade, Refusals refusals) {
        this.session = session;
        this.cascade = cascade;
        this.refusals = refusals;
    }

    List<Job> delete(Set<ChainId> chains) {
        List<ChainId> inOrder =
                chains.stream().sorted(Comparator.comparing(ChainId::value)).toList();
        Map<Object, Document> lastJobs = Chains.read(session, inOrder, refusals);
        lastJobs.values()
                .removeIf(last -> !refusals.isMeant(JobDocument.toStored(last).job()));
        readBlockers(lastJobs.keySet());
        refuseReferences(lastJobs.keySet());
        if (lastJobs.isEmpty()) {
            return List.of();
        }
        Set<Object> all = along(lastJobs.keySet());
        Collection<Document> deleted =
                cascade == Cascade.BLOCKERS ? Chains.read(session, all).values() : lastJobs.values();
        ChosenIds.retire(session, deleted);
        delete(session, all, deleted);
        return inChainOrder(deleted);
    }

    /** Reads the chains for which any job of the chains waits or waited, where they are asked for, and theirs in turn. */
    private void readBlockers(Collection<Object> chains) {
        Set<Object> seen = new HashSet<>(chains);
        Set<Object> level = cascade == Cascade.BLOCKERS ? seen : Set.of();
        while (!level.isEmpty()) {
            Set<Object> next = new HashSet<>();
            session.jobs()
                    .find(
                            match(new Document(Fields.CHAIN_ID, in(level)).append(Fields.BLOCKED, true)),
                            project(new Document(Fields.CHAIN_ID, 1).append(Fields.BLOCKERS, 1)))
                    .forEach(job -> job.getList(Fields.BLOCKERS, Document.class).stream()
                            .map(blocker -> blocker.get(Fields.CHAIN))
                            .forEach(blocker -> {
                                blockers.computeIfAbsent(job.get(Fields.CHAIN_ID), chain -> new HashSet<>())
                                        .add(blocker);
                                next.add(blocker);
                            }));
            next.removeAll(seen);
            seen.addAll(next);
            level = next;
        }
    }

    /** The chains, and what {@link #readBlockers} has read of their blockers. */
    private Set<Object> along(Collection<Object> chains) {
        Set<Object> all = new HashSet<>();
        Deque<Object> open = new ArrayDeque<>(chains);
        while (!open.isEmpty()) {
            Object chain = open.remove();
            if (all.add(chain)) {
                open.addAll(blockers.getOrDefault(chain, Set.of()));
            }
        }
        return all;
    }

    /** Leaves out the chains that, or whose blockers, are needed by a job that stays: and so on, since they stay by it. */
    private void refuseReferences(Collection<Object> named) {
        List<Reference> references = references(session, along(named));
        while (!references.isEmpty()) {
            Map<ChainId, List<Reference>> needed = new LinkedHashMap<>();
            for (Object chain : named) {
                Set<Object> along = along(List.of(chain));
                List<Reference> ofChain = references.stream()
                        .filter(reference -> along.contains(Ids.of(reference.blocker())))
                        .toList();
                if (!ofChain.isEmpty()) {
                    needed.put(Ids.chainId(chain), ofChain);
                }
            }
            refusals.refuseInUse(needed);
            named.removeAll(Ids.of(needed.keySet()));
            references = references(session, along(named));
        }
    }

    /** The jobs of other chains that still read an output of these, by the index over blockers. */
    private static List<Reference> references(MongoSession session, Collection<Object> chains) {
        return references(session, chains, chains);
    }

    /** The jobs that still read an output of these chains, without those of some chains. */
    static List<Reference> references(MongoSession session, Collection<Object> chains, Collection<Object> without) {
        List<Reference> references = new ArrayList<>();
        if (chains.isEmpty()) {
            return references;
        }
        session.jobs()
                .find(
                        match(new Document(Fields.CHAIN_OF_BLOCKER, in(chains))
                                .append(Fields.CHAIN_ID, notIn(without))
                                .append(Fields.STATUS, notIn(READS_NO_MORE))),
                        project(new Document(Fields.BLOCKERS, 1)))
                .forEach(job -> job.getList(Fields.BLOCKERS, Document.class).stream()
                        .map(blocker -> blocker.get(Fields.CHAIN))
                        .filter(chains::contains)
                        .forEach(chain ->
                                references.add(new Reference(Ids.chainId(chain), Ids.jobId(job.get(Fields.ID))))));
        references.sort(Comparator.comparing(
                        (Reference reference) -> reference.blocker().value())
                .thenComparing(reference -> reference.job().value()));
        return references;
    }

    /**
     * Deletes chains that are judged, with those of their keys that no other chain has, and the notes that jobs waited for them.
     * Those jobs are over.
     */
    static void delete(MongoSession session, Collection<Object> chains, Collection<Document> lastJobs) {
        Set<Key> keys = Keys.lockOf(session, lastJobs);
        session.jobs()
                .operateOnAll(
                        new Document(Fields.CHAIN_OF_BLOCKER, in(chains)).append(Fields.CHAIN_ID, notIn(chains)),
                        new Document("$pull", new Document(Fields.BLOCKERS, new Document(Fields.CHAIN, in(chains)))));
        session.jobs().deleteAll(new Document(Fields.CHAIN_ID, in(chains)));
        Keys.deleteUnused(session, keys);
    }

    static List<Job> inChainOrder(Collection<Document> lastJobs) {
        return lastJobs.stream()
                .map(JobDocument::toStored)
                .map(StoredJob::job)
                .sorted(Comparator.comparing(job -> job.chainId().value()))
                .toList();
    }
}
