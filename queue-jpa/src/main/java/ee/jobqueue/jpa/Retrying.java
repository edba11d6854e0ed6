package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.Job;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.NotRetryableException;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Statement.JobAnd;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Opens a failed chain again. Reads what is to be locked, locks the key, the rows of the chain and of its blockers, and the
 * last job, and judges by what it finds under the locks.
 */
final class Retrying {

    private static final Map<String, Class<?>> CHAIN = Map.of("id", UUID.class, "chain_status", String.class);

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
        Statement retry = session.statement(ManagingStatements.RETRY)
                .set("jobs", Managing.withChainRows(lastJobs))
                .set("status", (last.waits() ? Status.BLOCKED : Status.PENDING).name());
        return Managing.changed(retry, lastJobs).get(0);
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
        boolean waits = seen.blocked() && lockBlockers(seen);
        StoredJob last = new ChainLocks(session).lock(List.of(chainId)).get(0);
        return last.job().id().equals(seen.job().id()) ? new LastJob(last, waits) : lock(last);
    }

    /** Locks the chain's row among those of its blockers, in id order, as {@link BlockerChains} does. */
    private boolean lockBlockers(StoredJob waiting) {
        UUID[] blockers = session.statement(ManagingStatements.BLOCKERS_OF)
                .set("job", Ids.of(waiting.job().id()))
                .ids("chain_id");
        Set<UUID> all = Set.of(blockers);
        return session
                .statement(Statements.AWAIT_CHAINS)
                .set(
                        "chains",
                        Stream.concat(Stream.of(chain), Arrays.stream(blockers)).toArray(UUID[]::new))
                .set("blockers", blockers)
                .tuples(CHAIN)
                .stream()
                .filter(row -> all.contains(row.get("id", UUID.class)))
                .anyMatch(row -> !Status.COMPLETED.name().equals(row.get("chain_status", String.class)));
    }

    /** A locked last job, and whether it waits for an open blocker. */
    private record LastJob(StoredJob stored, boolean waits) {}
}
