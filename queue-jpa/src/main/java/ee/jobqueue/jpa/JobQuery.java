package ee.jobqueue.jpa;

import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.query.SelectionQuery;

/** One query over job entities, each read together with the database's time. Used once, by one thread. */
final class JobQuery {

    private final SqlSession session;
    private final SelectionQuery<Object[]> query;
    private final boolean isTimeBound;

    /** A query of jobs, given what follows {@code from Job job}. */
    JobQuery(SqlSession session, String rest) {
        this(session, "", rest);
    }

    private JobQuery(SqlSession session, String andAlso, String rest) {
        this.session = session;
        String now = session.dialect().now();
        this.isTimeBound = now.contains(":now");
        String time = isTimeBound ? ":now" : "sql('" + now.replace("'", "''") + "')";
        this.query = session.hibernate()
                .createSelectionQuery(
                        "select job, cast(%s as Instant)%s from Job job %s".formatted(time, andAlso, rest),
                        Object[].class);
    }

    /** The same, with one more expression. */
    static JobQuery with(String expression, SqlSession session, String rest) {
        return new JobQuery(session, ", " + expression, rest);
    }

    JobQuery set(String name, Object value) {
        query.setParameter(name, value);
        return this;
    }

    List<StoredJob> jobs() {
        return rows(JobQuery::stored);
    }

    /** The jobs, each made into something with the one expression more. */
    <T, R> List<R> jobsWith(Class<T> type, BiFunction<StoredJob, T, R> made) {
        return rows(row -> made.apply(stored(row), type.cast(row[2])));
    }

    private <R> List<R> rows(Function<Object[], R> made) {
        if (isTimeBound) {
            query.setParameter("now", session.now());
        }
        return query.getResultList().stream().map(made).toList();
    }

    private static StoredJob stored(Object[] row) {
        return ((JobEntity) row[0]).toStored((Instant) row[1]);
    }

    List<StoredJob> jobs(int limit) {
        query.setMaxResults(limit);
        return jobs();
    }
}
