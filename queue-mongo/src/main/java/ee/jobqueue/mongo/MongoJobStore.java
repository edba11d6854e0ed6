package ee.jobqueue.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
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
import ee.jobqueue.TransactionNotAllowedException;
import ee.jobqueue.mongo.MongoSettings.WithoutTransactions;
import ee.jobqueue.spi.Acquired;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.KnownWorker;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.QueueLog;
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
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The job store on MongoDB. Opens the collections at {@link #prepare}, gives each verb the session of the current transaction,
 * and turns whatever the driver says into {@link StoreUnavailableException}. What the verbs do is in the rooms {@link
 * Starting}, {@link Acquiring}, {@link Finishing}, {@link GivingBack}, {@link Resolving}, {@link Leases}, {@link Reaping}, {@link Sweeping},
 * {@link Reading}, {@link Managing}, {@link Retrying}, {@link Counting}, {@link Deleting} and {@link Retention}.
 *
 * <p>A transaction of MongoDB reads a snapshot and never waits: who changes what another one has changed since ends in a
 * conflict, and the whole transaction with it. So what must not see its own work undone by somebody else's conflict acts
 * outside of any transaction, at once: acquiring, giving back, leases, reaping, the sweep, and deletion by age.
 */
final class MongoJobStore implements JobStore {

    private static final System.Logger LOG = QueueLog.logger();

    private static final String WITHOUT =
            "this MongoDB is a standalone server: it has no transactions. A single job is still acquired, finished, cancelled"
                    + " and reaped by one change that holds or does not; but a job and its continuation, a key and its"
                    + " chain, several chains of one call, and the writes of a processor do not commit together, what was"
                    + " written stays when a transaction is rolled back, and who waits for a chain may be told up to one"
                    + " sweep too late. Run it as a replica set, of one member if need be. In the application's"
                    + " transactions the queue is refused unless " + MongoSettings.WITHOUT_TRANSACTIONS + "=accept";

    private final MongoStateProvider provider;
    private final MongoSettings settings;
    private volatile @Nullable Opened opened;

    MongoJobStore(MongoStateProvider provider, MongoSettings settings) {
        this.provider = provider;
        this.settings = settings;
    }

    @Override
    public synchronized void prepare() {
        if (opened != null) {
            return;
        }
        try {
            Opened opening = new Opened(provider, settings.collectionPrefix());
            new Migrations(settings.migrations()).run(opening);
            if (!opening.hasTransactions()) {
                LOG.log(Level.WARNING, WITHOUT);
            }
            opened = opening;
        } catch (MongoException e) {
            throw new StoreUnavailableException("MongoDB does not answer", false, e);
        }
    }

    @Override
    public void requireJoining() {
        Opened now = opened;
        if (now != null && !now.hasTransactions() && settings.withoutTransactions() == WithoutTransactions.REFUSE) {
            throw new TransactionNotAllowedException(
                    "a change of chains in the application's transaction",
                    "this MongoDB is a standalone server and has no transactions, so the change would stay though the"
                            + " transaction is rolled back; run it as a replica set of one, call the queue outside of a"
                            + " transaction, or set " + MongoSettings.WITHOUT_TRANSACTIONS + "=accept");
        }
    }

    @Override
    public boolean isTransient(Throwable error) {
        return MongoErrors.isTransient(error);
    }

    @Override
    public boolean isOutage(Throwable error) {
        return MongoErrors.isOutage(error);
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
        return outside("acquire", now -> new Acquiring(now, Ids.of(worker), types, limit).acquire());
    }

    @Override
    public void hold(Token token) {
        finish("hold", room -> room.hold(token));
    }

    @Override
    public StoredJob lock(ChainId chainId) {
        return write("lock", session -> new Finishing(session, provider).lock(chainId));
    }

    @Override
    public Finished complete(Claim claim, @Nullable String output) {
        return write("complete", session -> new Finishing(session, provider).complete(claim, output));
    }

    @Override
    public Finished continueWith(Claim claim, NewJob next) {
        return write("continue", session -> new Finishing(session, provider).continueWith(claim, next));
    }

    @Override
    public void reschedule(Token token, Schedule schedule) {
        finish("reschedule", room -> room.reschedule(token, schedule));
    }

    @Override
    public void conflict(Token token) {
        finish("conflict", room -> room.conflict(token));
    }

    @Override
    public Finished fail(Token token, String error, @Nullable Schedule retry) {
        return write("fail", session -> new Finishing(session, provider).fail(token, error, retry));
    }

    @Override
    public List<Token> giveBack(List<Token> tokens) {
        return outside("give back", now -> new GivingBack(now).giveBack(tokens));
    }

    @Override
    public WorkerId register(NewWorker worker, Duration lease) {
        return outside("register", now -> leases(now).register(worker, lease));
    }

    @Override
    public Renewal renew(WorkerId worker, Duration lease) {
        return outside("renew", now -> leases(now).renew(worker, lease));
    }

    @Override
    public List<Token> running(WorkerId worker) {
        return outside("running", now -> leases(now).running(worker));
    }

    @Override
    public Reaped reap(AttemptLimits limits) {
        return outside(
                "reap",
                now -> new Reaping(now, ownTransaction(now), limits)
                        .reap(leases(now).forget()));
    }

    @Override
    public void retire(WorkerId worker) {
        outside("retire", now -> {
            leases(now).retire(worker);
            return worker;
        });
    }

    @Override
    public Optional<Swept> sweep(Duration interval, AttemptLimits limits) {
        return outside("sweep", now -> new Sweeping(now, ownTransaction(now)).sweep(interval, limits));
    }

    @Override
    public Optional<StoredJob> chain(ChainId id) {
        return read("chain", session -> new Reading(session).chain(id));
    }

    @Override
    public Optional<StoredJob> job(JobId id) {
        return read("job", session -> new Reading(session).job(id));
    }

    @Override
    public List<StoredJob> jobs(ChainId id) {
        return read("jobs", session -> new Reading(session).jobs(id));
    }

    @Override
    public List<StoredBlocker> blockers(JobId id) {
        return read("blockers", session -> new Reading(session).blockers(id));
    }

    @Override
    public Page<StoredJob> chains(ChainFilter filter, PageRequest page) {
        return read("chains", session -> new Reading(session).chains(filter, page));
    }

    @Override
    public Page<StoredJob> jobs(JobFilter filter, PageRequest page) {
        return read("jobs", session -> new Reading(session).jobs(filter, page));
    }

    @Override
    public List<JobCount> counts() {
        return read("counts", session -> new Counting(session).counts());
    }

    @Override
    public List<StoredJob> oldestDue() {
        return read("oldest due", session -> new Counting(session).oldestDue());
    }

    @Override
    public List<KnownWorker> workers() {
        return read("workers", session -> new Counting(session).workers());
    }

    @Override
    public List<Job> delete(Set<ChainId> chains, Cascade cascade, Refusals refusals) {
        return chains.isEmpty()
                ? List.of()
                : write("delete", session -> new Deleting(session, cascade, refusals).delete(chains));
    }

    @Override
    public List<Job> deleteOver(Set<Status> statuses, Duration age, int limit) {
        return outside("delete by age", now -> new Retention(now, ownTransaction(now), statuses, age).delete(limit));
    }

    @Override
    public Cancelled cancel(List<ChainId> chains, Refusals refusals) {
        return chains.isEmpty()
                ? new Cancelled(List.of(), Resolved.NONE)
                : write("cancel", session -> new Managing(session, provider).cancel(chains, refusals));
    }

    @Override
    public List<StoredJob> retry(List<ChainId> chains, Refusals refusals) {
        return chains.isEmpty() ? List.of() : write("retry", session -> new Retrying(session, refusals).retry(chains));
    }

    @Override
    public List<StoredJob> trigger(List<ChainId> chains) {
        return manage("trigger", chains, room -> room.trigger(chains));
    }

    @Override
    public List<StoredJob> reschedule(List<ChainId> chains, Schedule schedule) {
        return manage("reschedule", chains, room -> room.reschedule(chains, schedule));
    }

    @Override
    public List<StoredJob> prioritize(List<ChainId> chains, int priority) {
        return manage("prioritize", chains, room -> room.prioritize(chains, priority));
    }

    private void finish(String verb, Consumer<Finishing> work) {
        write(verb, session -> {
            work.accept(new Finishing(session, provider));
            return verb;
        });
    }

    private List<StoredJob> manage(String verb, List<ChainId> chains, Function<Managing, List<StoredJob>> work) {
        return chains.isEmpty() ? List.of() : write(verb, session -> work.apply(new Managing(session, provider)));
    }

    private Leases leases(Opened now) {
        return new Leases(now, ownTransaction(now));
    }

    private OwnTransaction ownTransaction(Opened now) {
        return new OwnTransaction(now, provider);
    }

    /** In the session of the current transaction; there has to be one. */
    private <T> T write(String verb, Function<MongoSession, T> work) {
        return read(verb, session -> {
            session.requireTransaction(verb);
            return work.apply(session);
        });
    }

    /** In the session of the current transaction when there is one, else outside. */
    private <T> T read(String verb, Function<MongoSession, T> work) {
        return outside(verb, now -> {
            ClientSession session = now.hasTransactions() ? provider.session() : null;
            return work.apply(new MongoSession(now, session));
        });
    }

    private <T> T outside(String verb, Function<Opened, T> work) {
        Opened now = opened;
        if (now == null) {
            throw new StoreUnavailableException(
                    verb + ": the store is not prepared",
                    false,
                    new IllegalStateException("prepare() has not succeeded"));
        }
        try {
            return work.apply(now);
        } catch (MongoException e) {
            throw new StoreUnavailableException(
                    verb + " failed", MongoErrors.isTransient(e) || MongoErrors.isDuplicateKey(e), e);
        }
    }
}
