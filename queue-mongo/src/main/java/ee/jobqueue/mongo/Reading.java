package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.sort;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The room where jobs are read, without locks. */
final class Reading {

    private final MongoSession session;

    Reading(MongoSession session) {
        this.session = session;
    }

    /** By the index over chains. */
    Optional<StoredJob> chain(ChainId id) {
        return session.jobs(match(Chains.is(Ids.of(id)))).stream().findFirst();
    }

    Optional<StoredJob> job(JobId id) {
        return session.jobs(match(new Document(Fields.ID, Ids.of(id)))).stream().findFirst();
    }

    /** By the index over chains, in its order. */
    List<StoredJob> jobs(ChainId id) {
        return session.jobs(match(new Document(Fields.CHAIN_ID, Ids.of(id))), sort(new Document(Fields.POSITION, 1)));
    }

    List<StoredBlocker> blockers(JobId id) {
        List<Document> found = session.jobs()
                .find(match(new Document(Fields.ID, Ids.of(id))), project(new Document(Fields.BLOCKERS, 1)));
        List<Blocker> blockers = found.isEmpty() ? List.of() : Resolving.blockers(found.get(0));
        if (blockers.isEmpty()) {
            return List.of();
        }
        Map<Object, Document> lastJobs = Chains.read(
                session, blockers.stream().map(Blocker::chain).map(Ids::of).toList());
        return blockers.stream()
                .filter(blocker -> lastJobs.containsKey(Ids.of(blocker.chain())))
                .map(blocker -> new StoredBlocker(
                        JobDocument.toStored(lastJobs.get(Ids.of(blocker.chain()))), blocker.onFailure()))
                .toList();
    }

    Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .and(Fields.CONTINUED, false)
                .among(Fields.CHAIN_TYPE, filter.types())
                .amongStatuses(filter.statuses())
                .amongIds(Fields.CHAIN_ID, filter.ids() == null ? null : Ids.of(filter.ids()))
                .amongIds(Fields.CHAIN_ID, waitingFor(filter.blockedBy()))
                .between(Fields.CHAIN_STARTED_AT, filter.startedFrom(), filter.startedBefore());
        return page(
                conditions,
                page,
                Fields.CHAIN_STARTED_AT,
                Fields.CHAIN_ID,
                stored -> position(
                        stored.job().chainStartedAt(), stored.job().chainId().value()));
    }

    Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .among(Fields.TYPE, filter.types())
                .amongStatuses(filter.statuses())
                .amongIds(
                        Fields.ID,
                        filter.ids() == null
                                ? null
                                : filter.ids().stream().map(Ids::of).toList())
                .between(Fields.CREATED_AT, filter.createdFrom(), filter.createdBefore());
        if (filter.blockedBy() != null) {
            conditions.and(Fields.CHAIN_OF_BLOCKER, Ids.of(filter.blockedBy()));
        }
        return page(
                conditions,
                page,
                Fields.CREATED_AT,
                Fields.ID,
                stored -> position(stored.job().createdAt(), stored.job().id().value()));
    }

    /** The chains of which a job waits, or waited, for a chain; by the index over blockers. */
    private @Nullable Set<Object> waitingFor(@Nullable ChainId blocker) {
        if (blocker == null) {
            return null;
        }
        Set<Object> chains = new HashSet<>();
        session.jobs()
                .find(
                        match(new Document(Fields.CHAIN_OF_BLOCKER, Ids.of(blocker))),
                        project(new Document(Fields.CHAIN_ID, 1)))
                .forEach(job -> chains.add(job.get(Fields.CHAIN_ID)));
        return chains;
    }

    private static PageRequest.Position position(Instant time, String id) {
        return new PageRequest.Position(time, id);
    }

    /** Newest first. Reads one entry more than asked for, which tells whether there is a next page. */
    private Page<StoredJob> page(
            Conditions conditions,
            PageRequest page,
            String time,
            String id,
            Function<StoredJob, PageRequest.Position> position) {
        List<StoredJob> read = session.jobs(
                match(conditions.after(time, id, page.after()).all()),
                sort(new Document(time, -1).append(id, -1)),
                limit(page.size() + 1));
        if (read.size() <= page.size()) {
            return new Page<>(read, null);
        }
        List<StoredJob> entries = read.subList(0, page.size());
        return new Page<>(entries, new PageRequest(page.size(), position.apply(entries.get(page.size() - 1))));
    }
}
