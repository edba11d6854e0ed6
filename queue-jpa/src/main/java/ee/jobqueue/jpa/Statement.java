package ee.jobqueue.jpa;

import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.ParameterMetadata;
import org.jspecify.annotations.Nullable;

/** One native statement and its parameters, and what its dialect cannot compose with it. Used once, by one thread. */
final class Statement {

    private final StatelessSession session;
    private final String text;
    private final @Nullable String lock;
    private final @Nullable String also;
    private final Map<String, Parameter<?>> parameters = new LinkedHashMap<>();

    /**
     * A statement.
     *
     * @param lock a query whose ids become the parameter {@code locked}; {@code null} for none
     * @param also a change that is executed after it; {@code null} for none
     */
    Statement(StatelessSession session, String text, @Nullable String lock, @Nullable String also) {
        this.session = session;
        this.text = text;
        this.lock = lock;
        this.also = also;
    }

    Statement set(String name, Object value) {
        parameters.put(name, new Parameter<>(value, null));
        return this;
    }

    <T> Statement setNullable(String name, @Nullable T value, Class<T> type) {
        parameters.put(name, new Parameter<>(value, type));
        return this;
    }

    Statement set(DueTime due) {
        return setNullable("at_millis", due.atMillis(), Long.class).set("delay_millis", due.delayMillis());
    }

    Statement set(Claim claim) {
        set("job", Ids.of(claim.jobId()));
        return claim instanceof Token token
                ? set("worker", Ids.of(token.worker())).set("attempt", token.attempt())
                : this;
    }

    /** Executes a change; answers how many rows it changed. */
    int update() {
        lock();
        int changed = change(text);
        also();
        return changed;
    }

    /** Executes a query of jobs, or a change that returns them. */
    List<StoredJob> jobs() {
        return jobsWith("read_at", Instant.class).stream().map(JobAnd::stored).toList();
    }

    /** The same, with one more column. A row whose job is null has none. */
    <T> List<JobAnd<T>> jobsWith(String column, Class<T> type) {
        NativeQuery<Object[]> query = session.createNativeQuery(text, Object[].class);
        query.addEntity("job", JobEntity.class).addScalar("read_at", Instant.class);
        if (!column.equals("read_at")) {
            query.addScalar(column, type);
        }
        return list(query).stream()
                .map(row -> new JobAnd<>((JobEntity) row[0], (Instant) row[1], type.cast(row[row.length - 1])))
                .toList();
    }

    /** Executes a query of one column. */
    <T> List<T> column(String name, Class<T> type) {
        NativeQuery<T> query = session.createNativeQuery(text, type);
        query.addScalar(name, type);
        return list(query);
    }

    /** Executes a query of ids. */
    UUID[] ids(String name) {
        return column(name, UUID.class).toArray(UUID[]::new);
    }

    /** Executes a query of several columns, given by name and type. */
    List<Tuple> tuples(Map<String, Class<?>> columns) {
        NativeQuery<Tuple> query = session.createNativeQuery(text, Tuple.class);
        columns.forEach(query::addScalar);
        return list(query);
    }

    private <T> List<T> list(NativeQuery<T> query) {
        lock();
        List<T> rows = bound(query, query.getParameterMetadata()).getResultList();
        also();
        return rows;
    }

    private void lock() {
        if (lock != null) {
            NativeQuery<UUID> query = session.createNativeQuery(lock, UUID.class);
            query.addScalar("id", UUID.class);
            set(
                    "locked",
                    bound(query, query.getParameterMetadata()).getResultList().toArray(UUID[]::new));
        }
    }

    private void also() {
        if (also != null) {
            change(also);
        }
    }

    private int change(String change) {
        MutationQuery query = session.createNativeMutationQuery(change);
        return bound(query, ((NativeQuery<?>) query).getParameterMetadata()).executeUpdate();
    }

    /** Binds those parameters that the text has; one that it has and nobody set is refused by Hibernate. */
    private <Q extends CommonQueryContract> Q bound(Q query, ParameterMetadata metadata) {
        parameters.forEach((name, parameter) -> {
            if (metadata.getNamedParameterNames().contains(name)) {
                parameter.bind(query, name);
            }
        });
        return query;
    }

    /** A job, when it was read, and one more column. */
    record JobAnd<T>(
            @Nullable JobEntity job,
            Instant readAt,
            @Nullable T other) {
        StoredJob stored() {
            if (job == null) {
                throw new IllegalStateException("the row holds no job");
            }
            return job.toStored(readAt);
        }
    }

    private record Parameter<T>(@Nullable T value, @Nullable Class<T> type) {
        void bind(CommonQueryContract query, String name) {
            if (type == null) {
                query.setParameter(name, value);
            } else {
                query.setParameter(name, value, type);
            }
        }
    }
}
