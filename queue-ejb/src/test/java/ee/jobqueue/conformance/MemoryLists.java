package ee.jobqueue.conformance;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.PageRequest.Position;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads jobs and chains; waits for nobody. */
final class MemoryLists {

    private static final Comparator<Position> OLDEST_FIRST =
            Comparator.comparing(Position::createdAt).thenComparing(Position::id);

    private final MemoryDatabase database;

    MemoryLists(MemoryDatabase database) {
        this.database = database;
    }

    Optional<StoredJob> chain(ChainId id) {
        return database.lastJob(id).map(this::stored);
    }

    Optional<StoredJob> job(JobId id) {
        return database.job(id).map(this::stored);
    }

    List<StoredJob> jobs(ChainId id) {
        database.job(new JobId(id.value())); // refuses an id of another form
        return database.jobs.select(job -> job.chainId().equals(id)).stream()
                .sorted(Comparator.comparing(JobRow::position))
                .map(this::stored)
                .toList();
    }

    List<StoredBlocker> blockers(JobId id) {
        return database.reading(() -> database.job(id).stream()
                .flatMap(job -> job.blockers().stream())
                .flatMap(blocker -> database.lastJob(blocker.chain()).stream()
                        .map(last -> new StoredBlocker(stored(last), blocker.onFailure())))
                .toList());
    }

    Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        checkIds(filter.ids(), filter.blockedBy());
        List<JobRow> lastJobs = database.reading(() -> database.jobs.select(row -> row.position() == 0).stream()
                .map(first -> database.lastJob(first.chainId()).orElseThrow())
                .filter(last -> isAny(filter.types(), last.chainType())
                        && isAny(filter.statuses(), last.state().status())
                        && isAmong(filter.ids(), last.chainId())
                        && isBetween(last.chainStartedAt(), filter.startedFrom(), filter.startedBefore())
                        && (filter.blockedBy() == null || anyJobIsBlockedBy(last.chainId(), filter.blockedBy())))
                .toList());
        return page(
                lastJobs,
                page,
                job -> new Position(job.chainStartedAt(), job.chainId().value()));
    }

    Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        if (filter.ids() != null) {
            filter.ids().forEach(database::job);
        }
        checkIds(null, filter.blockedBy());
        List<JobRow> jobs = database.jobs.select(job -> isAny(filter.types(), job.type())
                && isAny(filter.statuses(), job.state().status())
                && isAmong(filter.ids(), job.id())
                && isBetween(job.createdAt(), filter.createdFrom(), filter.createdBefore())
                && (filter.blockedBy() == null || job.blockerChains().contains(filter.blockedBy())));
        return page(jobs, page, job -> new Position(job.createdAt(), job.id().value()));
    }

    private Page<StoredJob> page(List<JobRow> rows, PageRequest request, Function<JobRow, Position> position) {
        Position after = request.after();
        List<JobRow> rest = rows.stream()
                .filter(row -> after == null || OLDEST_FIRST.compare(position.apply(row), after) < 0)
                .sorted(Comparator.comparing(position, OLDEST_FIRST.reversed()))
                .toList();
        List<JobRow> entries = rest.stream().limit(request.size()).toList();
        boolean last = entries.size() == rest.size();
        PageRequest next =
                last ? null : new PageRequest(request.size(), position.apply(entries.get(entries.size() - 1)));
        return new Page<>(entries.stream().map(this::stored).toList(), next);
    }

    private StoredJob stored(JobRow row) {
        return row.stored(database.clock.now());
    }

    /** Looking for them refuses ids that this store cannot have made. */
    private void checkIds(@Nullable Set<ChainId> ids, @Nullable ChainId blocker) {
        if (ids != null) {
            ids.forEach(database::chain);
        }
        if (blocker != null) {
            database.chain(blocker);
        }
    }

    private boolean anyJobIsBlockedBy(ChainId chain, ChainId blocker) {
        return !database.jobs
                .select(job ->
                        job.chainId().equals(chain) && job.blockerChains().contains(blocker))
                .isEmpty();
    }

    private static <T> boolean isAmong(@Nullable Set<T> wanted, T actual) {
        return wanted == null || wanted.contains(actual);
    }

    private static <T> boolean isAny(Set<T> wanted, T actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    private static boolean isBetween(Instant time, @Nullable Instant from, @Nullable Instant before) {
        return (from == null || !time.isBefore(from)) && (before == null || time.isBefore(before));
    }
}
