package ee.jobqueue.jpa;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Statement.JobAnd;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import ee.jobqueue.spi.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens a failed chain again. Reads what is to be locked, locks the key, the rows of the chain and of its blockers, and the
 * last job, and judges by what it finds under the locks.
 */
final class Retrying {

    private static final Map<String, Class<?>> CHAIN = Map.of("id", UUID.class, "chain_status", String.class);
    private static final Map<String, Class<?>> EDGE = Map.of("chain_id", UUID.class, "on_failure", String.class);

    private final SqlSession session;
    private final ChainId chainId;
    private final UUID chain;

    Retrying(SqlSession session, ChainId chainId) {
        this.session = session;
        this.chainId = chainId;
        this.chain = Ids.of(chainId);
    }

    StoredJob retry() {
        JobAnd<String> seen = read();
        Keys keys = new Keys(session);
        String key = seen.other();
        UUID holder =
                key == null ? null : keys.reclaim(new Key(seen.stored().job().chainType(), key), chain);
        LastJob last = lock(seen.stored());
        Job job = last.stored().job();
        if (!Transition.RETRY.isAllowedFrom(job.status())) {
            throw new NotRetryableException(job.id(), job.status());
        }
        if (key != null && holder != null) {
            throw new KeyHeldException(chainId, key, new ChainId(holder.toString()));
        }
        keys.replaceHolders();
        List<StoredJob> lastJobs = List.of(last.stored());
        Verdict verdict = last.verdict();
        Statement retry = session.statement(ManagingStatements.RETRY)
                .set("jobs", Managing.withChainRows(lastJobs))
                .set("status", (verdict.ends() ? Status.BLOCKED : verdict.status()).name());
        StoredJob retried = Managing.changed(retry, lastJobs).get(0);
        return verdict.ends() ? new Resolving(session).end(Ids.of(job.id()), chain, verdict) : retried;
    }

    private JobAnd<String> read() {
        return session
                .statement(ManagingStatements.READ_KEY)
                .set("chain", chain)
                .jobsWith("held_key", String.class)
                .stream()
                .findFirst()
                .orElseThrow(() -> new ChainNotFoundException(chainId));
    }

    /** Once more when the chain was continued in between: its new last job has other blockers. */
    private LastJob lock(StoredJob seen) {
        Verdict verdict = seen.blocked() ? lockBlockers(seen) : Verdict.of(List.of(), none -> null);
        StoredJob last = new ChainLocks(session).lock(List.of(chainId)).get(0);
        return last.job().id().equals(seen.job().id()) ? new LastJob(last, verdict) : lock(last);
    }

    /** Locks the chain's row among those of its blockers, in id order, as {@link BlockerChains} does. */
    private Verdict lockBlockers(StoredJob waiting) {
        List<Blocker> blockers =
                session
                        .statement(ManagingStatements.BLOCKERS_OF)
                        .set("job", Ids.of(waiting.job().id()))
                        .tuples(EDGE)
                        .stream()
                        .map(Resolving::blocker)
                        .toList();
        UUID[] ids = blockers.stream().map(Blocker::chain).map(Ids::of).toArray(UUID[]::new);
        Map<UUID, @Nullable Status> ends = new HashMap<>();
        session.statement(Statements.AWAIT_CHAINS)
                .set(
                        "chains",
                        Stream.concat(Stream.of(chain), Arrays.stream(ids)).toArray(UUID[]::new))
                .set("blockers", ids)
                .tuples(CHAIN)
                .forEach(row -> ends.put(row.get("id", UUID.class), Resolving.status(row)));
        return Verdict.of(blockers, id -> ends.get(Ids.of(id)));
    }

    /** A locked last job, and what becomes of it by its blockers. */
    private record LastJob(StoredJob stored, Verdict verdict) {}
}
