package ee.jobqueue.jpa;

import static ee.jobqueue.jpa.Sql.of;

import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.Status;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.WorkerId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The room of those who look at the queue as a whole: how much there is, how far behind, and who works. No locks. */
final class Counting {

    /** Counts one status after the other, since on PostgreSQL each has an index of its own that holds no other. */
    static final Sql COUNTS = of(Arrays.stream(Status.values())
            .map(
                    "SELECT type, '%1$s' AS status, COUNT(*) AS jobs FROM jobqueue_job WHERE status = '%1$s' GROUP BY type"
                            ::formatted)
            .collect(Collectors.joining("\nUNION ALL\n")));

    /**
     * The first waiting job of the next priority, and of the next type, by the index over waiting jobs. From range to range, since
     * a grouping would read them all; and by two queries, since MariaDB finds no range for a comparison of both at once.
     */
    private static final String NEXT_PRIORITY = """
            where job.status = PENDING and job.type = :type and job.priority > :priority
            order by job.priority, job.scheduledAt, job.id
            """;

    private static final String NEXT_TYPE = """
            where job.status = PENDING and job.type > :type
            order by job.type, job.priority, job.scheduledAt, job.id
            """;

    /** Reads the workers with a lease, few rows, and counts under each by the index over running jobs. */
    static final Sql WORKERS = of("""
            SELECT worker.id, worker.name, worker.types, worker.concurrency, CAST((
                SELECT COUNT(*) FROM jobqueue_job job WHERE job.worker = worker.id AND job.status = 'RUNNING')
                AS INTEGER) AS running
            FROM jobqueue_worker worker WHERE worker.lease_until > {now}
            ORDER BY worker.started_at, worker.id
            """);

    private static final String SEPARATOR = ",";

    private final SqlSession session;

    Counting(SqlSession session) {
        this.session = session;
    }

    List<JobCount> counts() {
        return session
                .statement(COUNTS)
                .tuples(Map.of("type", String.class, "status", String.class, "jobs", Long.class))
                .stream()
                .map(row -> new JobCount(
                        row.get("type", String.class),
                        Status.valueOf(row.get("status", String.class)),
                        row.get("jobs", Long.class)))
                .sorted(Comparator.comparing(JobCount::type).thenComparing(JobCount::status))
                .toList();
    }

    List<StoredJob> oldestDue() {
        Map<String, StoredJob> oldest = new TreeMap<>();
        List<StoredJob> next = firstOfNextType("");
        while (!next.isEmpty()) {
            StoredJob first = next.get(0);
            Job job = first.job();
            if (!job.scheduled()) {
                oldest.merge(job.type(), first, Counting::earlier);
            }
            next = firstOfNextPriority(job.type(), job.priority());
            if (next.isEmpty()) {
                next = firstOfNextType(job.type());
            }
        }
        return List.copyOf(oldest.values());
    }

    private static StoredJob earlier(StoredJob one, StoredJob other) {
        return Comparator.comparing((StoredJob stored) -> stored.job().scheduledAt())
                                .thenComparing(stored -> stored.job().id().value())
                                .compare(one, other)
                        <= 0
                ? one
                : other;
    }

    private List<StoredJob> firstOfNextPriority(String type, int priority) {
        return new JobQuery(session, NEXT_PRIORITY)
                .set("type", type)
                .set("priority", priority)
                .jobs(1);
    }

    private List<StoredJob> firstOfNextType(String type) {
        return new JobQuery(session, NEXT_TYPE).set("type", type).jobs(1);
    }

    List<KnownWorker> workers() {
        return session
                .statement(WORKERS)
                .tuples(Map.of(
                        "id", UUID.class,
                        "name", String.class,
                        "types", String.class,
                        "concurrency", Integer.class,
                        "running", Integer.class))
                .stream()
                .map(row -> new KnownWorker(
                        new WorkerId(row.get("id", UUID.class).toString()),
                        new NewWorker(
                                row.get("name", String.class),
                                types(row.get("types", String.class)),
                                row.get("concurrency", Integer.class)),
                        row.get("running", Integer.class)))
                .toList();
    }

    /** Names of types as one text; they hold no comma. */
    static String text(Set<String> types) {
        return types.stream().sorted().collect(Collectors.joining(SEPARATOR));
    }

    private static Set<String> types(String text) {
        return Stream.of(text.split(SEPARATOR)).filter(type -> !type.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
