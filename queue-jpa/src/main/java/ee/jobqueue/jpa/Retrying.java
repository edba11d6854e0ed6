package ee.jobqueue.jpa;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Statement.JobAnd;
import ee.jobqueue.spi.Refusals;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import ee.jobqueue.spi.Verdict;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens failed chains again. Reads what is to be locked, locks the keys, the rows of the chains and of their blockers, and
 * the last jobs, and judges by what it finds under the locks. Used once.
 */
final class Retrying {

    private static final Map<String, Class<?>> CHAIN = Map.of("id", UUID.class, "chain_status", String.class);
    private static final Map<String, Class<?>> EDGE =
            Map.of("job_id", UUID.class, "chain_id", UUID.class, "on_failure", String.class);

    private final SqlSession session;
    private final Refusals refusals;
    private final Keys held;
    private final Map<ChainId, Key> keys = new HashMap<>();
    /** The blockers of last jobs that have some. */
    private final Map<UUID, List<Blocker>> blockers = new HashMap<>();
    /** How the chains of the blockers stand, with what was decided for chains before. */
    private final Map<UUID, @Nullable Status> ends = new HashMap<>();
    /** What becomes of the last jobs by their blockers. */
    private final Map<UUID, Verdict> verdicts = new HashMap<>();

    Retrying(SqlSession session, Refusals refusals) {
        this.session = session;
        this.refusals = refusals;
        this.held = new Keys(session);
    }

    List<StoredJob> retry(List<ChainId> chains) {
        Map<UUID, StoredJob> seen = read(chains);
        held.lockAgain(keys);
        List<StoredJob> retried =
                lock(seen).stream().filter(last -> isRetried(last.job())).toList();
        if (retried.isEmpty()) {
            return List.of();
        }
        retried.forEach(this::judge);
        Statement retry = session.statement(ManagingStatements.RETRY)
                .set("jobs", Managing.withChainRows(retried))
                .set(
                        "waiting",
                        retried.stream()
                                .filter(last -> verdict(last).status() != Status.PENDING)
                                .map(last -> Ids.of(last.job().id()))
                                .toArray(UUID[]::new));
        return Managing.changed(retry, retried).stream()
                .map(this::endedByBlocker)
                .toList();
    }

    /** A chain whose blockers end it is over once more; nobody who waits for it is concerned. */
    private StoredJob endedByBlocker(StoredJob retried) {
        Verdict verdict = verdict(retried);
        Job job = retried.job();
        return verdict.ends() ? new Resolving(session).end(Ids.of(job.id()), Ids.of(job.chainId()), verdict) : retried;
    }

    /** In the order of the chains: who is retried after its blocker waits for it again. */
    private void judge(StoredJob lastJob) {
        UUID job = Ids.of(lastJob.job().id());
        Verdict verdict = Verdict.of(blockers.getOrDefault(job, List.of()), chain -> ends.get(Ids.of(chain)));
        verdicts.put(job, verdict);
        if (!verdict.ends()) {
            ends.put(Ids.of(lastJob.job().chainId()), null);
        }
    }

    private Verdict verdict(StoredJob lastJob) {
        return Objects.requireNonNull(verdicts.get(Ids.of(lastJob.job().id())));
    }

    /** The last jobs of the chains, in the order of the chains. Notes the keys. */
    private Map<UUID, StoredJob> read(List<ChainId> chains) {
        Map<UUID, ChainId> named = new LinkedHashMap<>();
        chains.forEach(chain -> named.putIfAbsent(Ids.of(chain), chain));
        Map<UUID, JobAnd<String>> rows = new HashMap<>();
        session.statement(ManagingStatements.READ_KEYS)
                .set("chains", named.keySet().toArray(UUID[]::new))
                .jobsWith("held_key", String.class)
                .forEach(row -> rows.put(Ids.of(row.stored().job().chainId()), row));
        Map<UUID, StoredJob> lastJobs = new LinkedHashMap<>();
        named.forEach((id, chain) -> {
            JobAnd<String> row = rows.get(id);
            if (row == null) {
                refusals.refuse(chain, new ChainNotFoundException(chain));
                return;
            }
            Job lastJob = row.stored().job();
            lastJobs.put(id, row.stored());
            if (row.other() != null) {
                keys.put(lastJob.chainId(), new Key(lastJob.chainType(), row.other()));
            }
        });
        return lastJobs;
    }

    /** Once more when a chain was continued in between: its new last job has other blockers. */
    private List<StoredJob> lock(Map<UUID, StoredJob> seen) {
        if (seen.isEmpty()) {
            return List.of();
        }
        lockBlockers(seen);
        List<StoredJob> lastJobs = new ChainLocks(session)
                .lock(seen.values().stream().map(last -> last.job().chainId()).toList(), refusals);
        Map<UUID, StoredJob> locked = new LinkedHashMap<>();
        lastJobs.forEach(last -> locked.put(Ids.of(last.job().chainId()), last));
        boolean isContinued = locked.entrySet().stream()
                .anyMatch(last -> !last.getValue()
                        .job()
                        .id()
                        .equals(seen.get(last.getKey()).job().id()));
        return isContinued ? lock(locked) : lastJobs;
    }

    /** Locks the chains' rows among those of their blockers, in id order, as {@link BlockerChains} does. */
    private void lockBlockers(Map<UUID, StoredJob> lastJobs) {
        UUID[] blocked = lastJobs.values().stream()
                .filter(StoredJob::blocked)
                .map(last -> Ids.of(last.job().id()))
                .toArray(UUID[]::new);
        if (blocked.length == 0) {
            return;
        }
        blockers.clear();
        Set<UUID> chains = new HashSet<>();
        for (Tuple edge : session.statement(ManagingStatements.BLOCKERS_OF)
                .set("jobs", blocked)
                .tuples(EDGE)) {
            blockers.computeIfAbsent(edge.get("job_id", UUID.class), job -> new ArrayList<>())
                    .add(Resolving.blocker(edge));
            chains.add(edge.get("chain_id", UUID.class));
        }
        session.statement(Statements.AWAIT_CHAINS)
                .set(
                        "chains",
                        Stream.concat(lastJobs.keySet().stream(), chains.stream())
                                .distinct()
                                .toArray(UUID[]::new))
                .set("blockers", chains.toArray(UUID[]::new))
                .tuples(CHAIN)
                .forEach(row -> ends.put(row.get("id", UUID.class), Resolving.status(row)));
    }

    private boolean isRetried(Job job) {
        ChainId chain = job.chainId();
        if (!Transition.RETRY.isAllowedFrom(job.status())) {
            refusals.refuse(chain, new NotRetryableException(job.id(), job.status()));
            return false;
        }
        if (!refusals.isMeant(job)) {
            return false;
        }
        KeyHeldException refusal = held.reopen(chain);
        if (refusal != null) {
            refusals.refuse(chain, refusal);
        }
        return refusal == null;
    }
}
