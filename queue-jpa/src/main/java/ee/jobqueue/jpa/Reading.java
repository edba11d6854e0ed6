package ee.jobqueue.jpa;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The room where jobs are read, by entities and without locks. */
final class Reading {

    private static final String JOB = "where job.id = :job";

    /** By chain. */
    private static final String LAST_JOB = "where job.chainId = :chain and job.continued = false";

    /** By chain, in the order of the index. */
    private static final String JOBS = "where job.chainId = :chain order by job.position";

    /** By the primary key of the blockers, then by chain. */
    private static final String BLOCKERS = """
            join Blocker blocker on blocker.chainId = job.chainId
            where blocker.jobId = :job and job.continued = false order by blocker.position
            """;

    /** By the index over blockers. */
    private static final String IS_BLOCKED =
            "job.id in (select blocker.jobId from Blocker blocker where blocker.chainId = :blocker)";

    /** By the index over blockers, then by chain. */
    private static final String ANY_JOB_IS_BLOCKED = """
            job.chainId in (select waiting.chainId from Blocker blocker join Job waiting on waiting.id = blocker.jobId
                where blocker.chainId = :blocker)""";

    private final SqlSession session;

    Reading(SqlSession session) {
        this.session = session;
    }

    Optional<StoredJob> chain(ChainId id) {
        return query(LAST_JOB).set("chain", Ids.of(id)).jobs(1).stream().findFirst();
    }

    Optional<StoredJob> job(JobId id) {
        return query(JOB).set("job", Ids.of(id)).jobs(1).stream().findFirst();
    }

    List<StoredJob> jobs(ChainId id) {
        return query(JOBS).set("chain", Ids.of(id)).jobs();
    }

    List<StoredBlocker> blockers(JobId id) {
        return JobQuery.with("blocker.onFailure", session, BLOCKERS)
                .set("job", Ids.of(id))
                .jobsWith(OnFailure.class, StoredBlocker::new);
    }

    Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .and("job.continued = false")
                .in("job.chainType", "types", filter.types())
                .in("job.status", "statuses", filter.statuses())
                .among("job.chainId", "ids", filter.ids() == null ? null : List.of(Ids.of(filter.ids())))
                .and("job.chainStartedAt >= :from", "from", filter.startedFrom())
                .and("job.chainStartedAt < :before", "before", filter.startedBefore())
                .and(ANY_JOB_IS_BLOCKED, "blocker", id(filter.blockedBy()))
                .after("(job.chainStartedAt, job.chainId)", page.after());
        return page(
                query(conditions, "order by job.chainStartedAt desc, job.chainId desc"),
                page.size(),
                stored -> position(
                        stored.job().chainStartedAt(), stored.job().chainId().value()));
    }

    Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .in("job.type", "types", filter.types())
                .in("job.status", "statuses", filter.statuses())
                .among("job.id", "ids", filter.ids() == null ? null : jobIds(filter.ids()))
                .and("job.createdAt >= :from", "from", filter.createdFrom())
                .and("job.createdAt < :before", "before", filter.createdBefore())
                .and(IS_BLOCKED, "blocker", id(filter.blockedBy()))
                .after("(job.createdAt, job.id)", page.after());
        return page(
                query(conditions, "order by job.createdAt desc, job.id desc"),
                page.size(),
                stored -> position(stored.job().createdAt(), stored.job().id().value()));
    }

    private static @Nullable UUID id(@Nullable ChainId chain) {
        return chain == null ? null : Ids.of(chain);
    }

    private static List<UUID> jobIds(Set<JobId> ids) {
        return ids.stream().map(Ids::of).toList();
    }

    private static PageRequest.Position position(Instant createdAt, String id) {
        return new PageRequest.Position(createdAt, id);
    }

    /** Reads one entry more than asked for, which tells whether there is a next page. */
    private static Page<StoredJob> page(JobQuery query, int size, Function<StoredJob, PageRequest.Position> position) {
        List<StoredJob> read = query.jobs(size + 1);
        if (read.size() <= size) {
            return new Page<>(read, null);
        }
        List<StoredJob> entries = read.subList(0, size);
        return new Page<>(entries, new PageRequest(size, position.apply(entries.get(size - 1))));
    }

    private JobQuery query(Conditions conditions, String order) {
        return conditions.bindTo(query(conditions.text() + " " + order));
    }

    private JobQuery query(String rest) {
        return new JobQuery(session, rest);
    }
}
