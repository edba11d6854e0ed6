package ee.jobqueue.jpa;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobCount;
import ee.jobqueue.JobFilter;
import ee.jobqueue.JobId;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.Reaped;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.Renewal;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredBlocker;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Swept;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The job store on SQL. Opens the database at {@link #prepare}, lends each verb a session of the current transaction,
 * and turns whatever the driver says into {@link StoreUnavailableException}. What the verbs do is in the rooms {@link
 * Starting}, {@link Dialect#acquire}, {@link Finishing}, {@link Leases}, {@link Reading}, {@link Managing}, {@link
 * Retrying}, {@link Counting}, {@link Deleting} and {@link Retention}.
 */
final class JpaJobStore implements JobStore, AutoCloseable {

    private final Database database;
    private final JpaSettings settings;
    private volatile @Nullable Opened opened;

    JpaJobStore(Database database, JpaSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public synchronized void prepare() {
        if (opened != null) {
            return;
        }
        DataSource dataSource = database.dataSource();
        DataSource readers = database.readers();
        DataSource leases = database.leases();
        try {
            Dialect dialect = Dialects.of(dataSource, settings);
            if (readers != null) {
                dialect.requireReaders(readers, dataSource);
            }
            TableNames tables = settings.tables();
            SchemaCheck.require(dataSource, dialect, tables);
            new Migrations(dialect, settings.migrations(), tables).run(dataSource);
            Sessions sessions = database.open(dataSource, tables.persistenceProperties(dialect));
            opened = new Opened(
                    readers == null ? sessions : new ReaderSessions(sessions, readers),
                    leases == null ? sessions : database.open(leases, tables.persistenceProperties(dialect)),
                    dialect,
                    new DialectTexts(dialect, tables));
        } catch (SQLException | PersistenceException e) {
            throw new StoreUnavailableException(
                    "the database behind " + settings.dataSource() + " does not answer", false, e);
        }
    }

    @Override
    public boolean isTransient(Throwable error) {
        Opened now = opened;
        return now != null && DriverErrors.isTransient(error, now.dialect());
    }

    @Override
    public boolean isOutage(Throwable error) {
        Opened now = opened;
        return now != null && DriverErrors.isOutage(error, now.dialect());
    }

    @Override
    public List<Started> start(List<NewJob> jobs) {
        return jobs.isEmpty() ? List.of() : write("start", session -> new Starting(session).start(jobs));
    }

    @Override
    public Acquired acquire(WorkerId worker, Set<String> types, int limit) {
        if (types.isEmpty() || limit < 1) {
            return new Acquired(List.of(), null);
        }
        return write("acquire", session -> session.dialect().acquire(session, Ids.of(worker), types, limit));
    }

    @Override
    public void hold(Token token) {
        run("hold", session -> new Finishing(session).hold(token));
    }

    @Override
    public StoredJob lock(ChainId chainId) {
        return write("lock", session -> new Finishing(session).lock(chainId));
    }

    @Override
    public Finished complete(Claim claim, @Nullable String output) {
        return write("complete", session -> new Finishing(session).complete(claim, output));
    }

    @Override
    public Finished continueWith(Claim claim, NewJob next) {
        return write("continue", session -> new Finishing(session).continueWith(claim, next));
    }

    @Override
    public void reschedule(Token token, Schedule schedule) {
        run("reschedule", session -> new Finishing(session).reschedule(token, schedule));
    }

    @Override
    public void conflict(Token token) {
        run("conflict", session -> new Finishing(session).conflict(token));
    }

    @Override
    public Finished fail(Token token, String error, @Nullable Schedule retry) {
        return write("fail", session -> new Finishing(session).fail(token, error, retry));
    }

    @Override
    public List<Token> giveBack(List<Token> tokens) {
        return write("give back", session -> new Finishing(session).giveBack(tokens));
    }

    @Override
    public WorkerId register(NewWorker worker, Duration lease) {
        return write("register", session -> new Leases(session).register(worker, lease));
    }

    @Override
    public Renewal renew(WorkerId worker, Duration lease) {
        return write("renew", Opened::leases, session -> new Leases(session).renew(worker, lease));
    }

    @Override
    public List<Token> running(WorkerId worker) {
        return call("running", session -> new Leases(session).running(worker));
    }

    @Override
    public Reaped reap(AttemptLimits limits) {
        return write("reap", session -> new Leases(session).reap(limits));
    }

    @Override
    public void retire(WorkerId worker) {
        run("retire", session -> new Leases(session).retire(worker));
    }

    @Override
    public Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        return write("sweep", session -> new Leases(session).sweep(interval, limits));
    }

    @Override
    public Optional<StoredJob> chain(ChainId id) {
        return call("chain", session -> new Reading(session).chain(id));
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return call("job", session -> new Reading(session).job(id));
    }

    @Override
    public List<StoredJob> jobs(ChainId id) {
        return call("jobs", session -> new Reading(session).jobs(id));
    }

    @Override
    public List<StoredBlocker> blockers(JobId id) {
        return call("blockers", session -> new Reading(session).blockers(id));
    }

    @Override
    public Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        return call("chains", session -> new Reading(session).chains(filter, page));
    }

    @Override
    public Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        return call("jobs", session -> new Reading(session).jobs(filter, page));
    }

    @Override
    public Cancelled cancel(List<ChainId> chains, Refusals refusals) {
        return chains.isEmpty()
                ? new Cancelled(List.of(), Resolved.NONE)
                : write("cancel", session -> new Managing(session).cancel(chains, refusals));
    }

    @Override
    public List<StoredJob> retry(List<ChainId> chains, Refusals refusals) {
        return chains.isEmpty() ? List.of() : write("retry", session -> new Retrying(session, refusals).retry(chains));
    }

    @Override
    public List<StoredJob> trigger(List<ChainId> chains) {
        return chains.isEmpty() ? List.of() : write("trigger", session -> new Managing(session).trigger(chains));
    }

    @Override
    public List<StoredJob> reschedule(List<ChainId> chains, Schedule schedule) {
        return chains.isEmpty()
                ? List.of()
                : write("reschedule", session -> new Managing(session).reschedule(chains, schedule));
    }

    @Override
    public List<JobCount> counts() {
        return call("counts", session -> new Counting(session).counts());
    }

    @Override
    public List<StoredJob> oldestDue() {
        return call("oldest due", session -> new Counting(session).oldestDue());
    }

    @Override
    public List<KnownWorker> workers() {
        return call("workers", session -> new Counting(session).workers());
    }

    @Override
    public List<Job> delete(Set<ChainId> chains, Cascade cascade, Refusals refusals) {
        return write("delete", session -> new Deleting(session, cascade, refusals).delete(chains));
    }

    @Override
    public List<Job> deleteOver(Set<Status> statuses, Duration age, int limit) {
        return write("delete by age", session -> new Retention(session, statuses, age).delete(limit));
    }

    @Override
    public List<StoredJob> prioritize(List<ChainId> chains, int priority) {
        return chains.isEmpty()
                ? List.of()
                : write("prioritize", session -> new Managing(session).prioritize(chains, priority));
    }

    private void run(String verb, Consumer<SqlSession> work) {
        write(verb, session -> {
            work.accept(session);
            return verb;
        });
    }

    private <T> T write(String verb, Function<SqlSession, T> work) {
        return write(verb, Opened::sessions, work);
    }

    private <T> T write(String verb, Function<Opened, Sessions> which, Function<SqlSession, T> work) {
        return call(verb, which, session -> {
            session.requireTransaction(verb);
            session.dialect().beginWriting(session);
            return work.apply(session);
        });
    }

    private <T> T call(String verb, Function<SqlSession, T> work) {
        return call(verb, Opened::sessions, work);
    }

    private <T> T call(String verb, Function<Opened, Sessions> which, Function<SqlSession, T> work) {
        Opened now = opened;
        if (now == null) {
            throw new StoreUnavailableException(
                    verb + ": the store is not prepared",
                    false,
                    new IllegalStateException("prepare() has not succeeded"));
        }
        try {
            return which.apply(now).call(session -> work.apply(new SqlSession(session, now.dialect(), now.texts())));
        } catch (PersistenceException e) {
            throw new StoreUnavailableException(verb + " failed", DriverErrors.isTransient(e, now.dialect()), e);
        }
    }

    /** Closes the persistence unit; the data source is the server's. */
    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.leases().close(); // twice, when it is the same, does nothing more
            opened.sessions().close();
            opened = null;
        }
    }

    private record Opened(Sessions sessions, Sessions leases, Dialect dialect, DialectTexts texts) {}
}
