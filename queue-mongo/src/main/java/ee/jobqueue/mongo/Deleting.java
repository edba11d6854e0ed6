package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.notIn;
import static ee.jobqueue.mongo.Expressions.project;

import ee.jobqueue.BlockerInUseException;
import ee.jobqueue.BlockerInUseException.Reference;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
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

    Deleting(MongoSession session) {
        this.session = session;
    }

    List<Job> delete(Set<ChainId> chains, Cascade cascade) {
        Set<Object> named = new HashSet<>(Ids.of(chains));
        Set<Object> all = withBlockers(named, cascade);
        Map<Object, Document> lastJobs = Chains.read(session, all);
        named.stream()
                .filter(chain -> !lastJobs.containsKey(chain))
                .map(Ids::chainId)
                .min(Comparator.comparing(ChainId::value))
                .ifPresent(missing -> {
                    throw new ChainNotFoundException(missing);
                });
        List<Reference> references = references(session, all);
        if (!references.isEmpty()) {
            throw new BlockerInUseException(references);
        }
        ChosenIds.retire(session, lastJobs.values());
        delete(session, all);
        return inChainOrder(lastJobs.values());
    }

    /** The chains, and where asked for those for which any of their jobs waits or waited, and so on. */
    private Set<Object> withBlockers(Set<Object> named, Cascade cascade) {
        Set<Object> all = new HashSet<>(named);
        Set<Object> level = cascade == Cascade.BLOCKERS ? named : Set.of();
        while (!level.isEmpty()) {
            Set<Object> next = new HashSet<>();
            session.jobs()
                    .find(
                            match(new Document(Fields.CHAIN_ID, in(level)).append(Fields.BLOCKED, true)),
                            project(new Document(Fields.BLOCKERS, 1)))
                    .forEach(job -> job.getList(Fields.BLOCKERS, Document.class)
                            .forEach(blocker -> next.add(blocker.get(Fields.CHAIN))));
            next.removeAll(all);
            all.addAll(next);
            level = next;
        }
        return all;
    }

    /** The jobs of other chains that still read an output of these, by the index over blockers. */
    static List<Reference> references(MongoSession session, Collection<Object> chains) {
        List<Reference> references = new ArrayList<>();
        session.jobs()
                .find(
                        match(new Document(Fields.CHAIN_OF_BLOCKER, in(chains))
                                .append(Fields.CHAIN_ID, notIn(chains))
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

    /** Deletes chains that are judged, with their keys, and the notes that jobs waited for them. Those jobs are over. */
    static void delete(MongoSession session, Collection<Object> chains) {
        session.keys().deleteAll(new Document(Fields.CHAIN, in(chains)));
        session.jobs()
                .operateOnAll(
                        new Document(Fields.CHAIN_OF_BLOCKER, in(chains)).append(Fields.CHAIN_ID, notIn(chains)),
                        new Document("$pull", new Document(Fields.BLOCKERS, new Document(Fields.CHAIN, in(chains)))));
        session.jobs().deleteAll(new Document(Fields.CHAIN_ID, in(chains)));
    }

    static List<Job> inChainOrder(Collection<Document> lastJobs) {
        return lastJobs.stream()
                .map(JobDocument::toStored)
                .map(StoredJob::job)
                .sorted(Comparator.comparing(job -> job.chainId().value()))
                .toList();
    }
}
