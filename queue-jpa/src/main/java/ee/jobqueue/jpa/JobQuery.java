package ee.jobqueue.jpa;

import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.List;
import org.hibernate.query.SelectionQuery;

/** One query over job entities, each read together with the database's time. Used once, by one thread. */
final class JobQuery {

    private final SqlSession session;
    private final SelectionQuery<Object[]> query;
    private final boolean isTimeBound;

    /** A query of jobs, given what follows {@code from Job job}. */
    JobQuery(SqlSession session, String rest) {
        this.session = session;
        String now = session.dialect().now();
        this.isTimeBound = now.contains(":now");
        String time = isTimeBound ? ":now" : "sql('" + now.replace("'", "''") + "')";
        this.query = session.hibernate()
                .createSelectionQuery(
                        "select job, cast(%s as Instant) from Job job %s".formatted(time, rest), Object[].class);
    }

    JobQuery set(String name, Object value) {
        query.setParameter(name, value);
        return this;
    }

    List<StoredJob> jobs() {
        if (isTimeBound) {
            query.setParameter("now", session.now());
        }
        return query.getResultList().stream()
                .map(row -> ((JobEntity) row[0]).toStored((Instant) row[1]))
                .toList();
    }

    List<StoredJob> jobs(int limit) {
        query.setMaxResults(limit);
        return jobs();
    }
}
