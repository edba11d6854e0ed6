package ee.jobqueue.jpa;

import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
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

/** One native statement and its parameters, with its steps before and after. Used once, by one thread. */
final class Statement {

    private final StatelessSession session;
    private final Steps steps;
    private final boolean hasArrays;
    private final Map<String, Parameter<?>> parameters = new LinkedHashMap<>();

    /**
     * A statement.
     *
     * @param hasArrays whether a parameter may be an array; otherwise it is bound as a list, or as rows of JSON
     */
    Statement(StatelessSession session, Steps steps, boolean hasArrays) {
        this.session = session;
        this.steps = steps;
        this.hasArrays = hasArrays;
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
        boolean isWhole = before();
        int changed = change(steps.text());
        after(isWhole);
        return changed;
    }

    /** Executes a query of jobs, or a change that returns them. */
    List<StoredJob> jobs() {
        return jobsWith("read_at", Instant.class).stream().map(JobAnd::stored).toList();
    }

    /** The same, with one more column. A row whose job is null has none. */
    <T> List<JobAnd<T>> jobsWith(String column, Class<T> type) {
        NativeQuery<Object[]> query = session.createNativeQuery(steps.text(), Object[].class);
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
        NativeQuery<T> query = session.createNativeQuery(steps.text(), type);
        query.addScalar(name, type);
        return list(query);
    }

    /** Executes a query of ids. */
    UUID[] ids(String name) {
        return column(name, UUID.class).toArray(UUID[]::new);
    }

    /** Executes a query of several columns, given by name and type. */
    List<Tuple> tuples(Map<String, Class<?>> columns) {
        NativeQuery<Tuple> query = session.createNativeQuery(steps.text(), Tuple.class);
        columns.forEach(query::addScalar);
        return list(query);
    }

    private <T> List<T> list(NativeQuery<T> query) {
        boolean isWhole = before();
        List<T> rows = bound(query, query.getParameterMetadata()).getResultList();
        after(isWhole);
        return rows;
    }

    /** Answers whether there is anything to change. */
    private boolean before() {
        pick(steps.lock(), "locked");
        boolean isWhole = steps.pick() == null || pick(steps.pick(), "changed") > 0;
        if (isWhole && steps.before() != null) {
            change(steps.before());
        }
        return isWhole;
    }

    private void after(boolean isWhole) {
        if (isWhole && steps.after() != null) {
            change(steps.after());
        }
    }

    private int pick(@Nullable String text, String parameter) {
        if (text == null) {
            return 0;
        }
        NativeQuery<UUID> query = session.createNativeQuery(text, UUID.class);
        query.addScalar("id", UUID.class);
        List<UUID> ids = bound(query, query.getParameterMetadata()).getResultList();
        set(parameter, ids.toArray(UUID[]::new));
        return ids.size();
    }

    private int change(String change) {
        MutationQuery query = session.createNativeMutationQuery(change);
        return bound(query, ((NativeQuery<?>) query).getParameterMetadata()).executeUpdate();
    }

    /** Binds those parameters that the text has; one that it has and nobody set is refused by Hibernate. */
    private <Q extends CommonQueryContract> Q bound(Q query, ParameterMetadata metadata) {
        for (String name : metadata.getNamedParameterNames()) {
            if (ArrayNotation.isRows(name)) {
                query.setParameter(name, ArrayNotation.json(name, arrays()));
            } else if (parameters.containsKey(name)) {
                parameters.get(name).bind(query, name, hasArrays);
            }
        }
        return query;
    }

    private Map<String, Object[]> arrays() {
        Map<String, Object[]> arrays = new HashMap<>();
        parameters.forEach((name, parameter) -> {
            if (parameter.value() instanceof Object[] array) {
                arrays.put(name, array);
            }
        });
        return arrays;
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

        /** Stands in an empty list, which SQL does not know; no row has it. */
        private static final UUID NIL = new UUID(0, 0);

        void bind(CommonQueryContract query, String name, boolean hasArrays) {
            if (value instanceof UUID[] ids && !hasArrays) {
                query.setParameterList(name, ids.length == 0 ? new UUID[] {NIL} : ids, UUID.class);
            } else if (type == null) {
                query.setParameter(name, value);
            } else {
                query.setParameter(name, value, type);
            }
        }
    }
}
