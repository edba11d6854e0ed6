package ee.jobqueue.jpa;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Starting.Draft;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.Verdict;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chains for which new jobs wait, their rows locked until the transaction ends: while they are, none of them can
 * end unseen.
 */
final class BlockerChains {

    private static final Map<String, Class<?>> COLUMNS = Map.of(
            "id", UUID.class, "chain_type", String.class, "chain_status", String.class, "awaited", Boolean.class);

    private final SqlSession session;
    private final UUID[] own;
    private final Map<UUID, String> types = new HashMap<>();
    private final Map<UUID, @Nullable Status> ends = new HashMap<>();
    private final Set<UUID> awaited = new HashSet<>();

    private BlockerChains(SqlSession session, UUID[] own) {
        this.session = session;
        this.own = own;
    }

    /**
     * Locks the chains' rows in id order, notes on the open ones that they are awaited, and refuses those that are not
     * there or not allowed. The note does no harm when the job is refused: whoever ends the chain looks in vain.
     */
    static BlockerChains lock(SqlSession session, List<Draft> drafts) {
        return lock(session, drafts, new UUID[0]);
    }

    /** The same, locking the job's own chain among them, and refusing chains that wait for it. */
    static BlockerChains lockForContinuation(SqlSession session, Draft draft, UUID ownChain) {
        return lock(session, List.of(draft), new UUID[] {ownChain});
    }

    private static BlockerChains lock(SqlSession session, List<Draft> drafts, UUID[] own) {
        BlockerChains chains = new BlockerChains(session, own);
        UUID[] blockers = drafts.stream()
                .flatMap(draft -> draft.job().blockers().chains().stream())
                .map(Ids::of)
                .distinct()
                .toArray(UUID[]::new);
        if (blockers.length > 0) {
            chains.lockRows(blockers);
            drafts.forEach(draft -> chains.check(draft.job().blockers()));
            for (UUID chain : own) {
                chains.refuseCycle(chain, drafts.get(0).job().blockers());
            }
        }
        return chains;
    }

    private void lockRows(UUID[] blockers) {
        UUID[] all = Stream.concat(Arrays.stream(own), Arrays.stream(blockers))
                .distinct()
                .toArray(UUID[]::new);
        Statement statement =
                session.statement(Statements.AWAIT_CHAINS).set("chains", all).set("blockers", blockers);
        for (Tuple row : statement.tuples(COLUMNS)) {
            UUID id = row.get("id", UUID.class);
            types.put(id, row.get("chain_type", String.class));
            ends.put(id, Resolving.status(row));
            if (Boolean.TRUE.equals(row.get("awaited", Boolean.class))) {
                awaited.add(id);
            }
        }
    }

    private void check(Blockers blockers) {
        for (ChainId chain : blockers.chains()) {
            String type = types.get(Ids.of(chain));
            if (type == null) {
                throw new InvalidBlockerException(Problem.UNKNOWN, chain);
            }
            if (!blockers.allowedTypes().contains(type)) {
                throw new InvalidBlockerException(Problem.UNDECLARED, chain);
            }
        }
    }

    /**
     * Walks from each blocker along the chains for which its last job waits. Locks the rows it comes by, out of order,
     * since they are not known before: of two transactions that close a circle between them one then sees the other, or
     * ends as a deadlock, which is transient.
     */
    private void refuseCycle(UUID own, Blockers blockers) {
        for (ChainId blocker : blockers.chains()) {
            Set<UUID> seen = new HashSet<>();
            UUID[] level = {Ids.of(blocker)};
            while (level.length > 0) {
                if (Arrays.asList(level).contains(own)) {
                    throw new InvalidBlockerException(Problem.CYCLE, blocker);
                }
                UUID[] unlocked = Arrays.stream(level)
                        .filter(id -> !types.containsKey(id))
                        .toArray(UUID[]::new);
                if (unlocked.length > 0) {
                    session.statement(Statements.LOCK_MORE_CHAINS)
                            .set("chains", unlocked)
                            .ids("id");
                }
                seen.addAll(Arrays.asList(level));
                UUID[] waitedFor = session.statement(Statements.WAITED_FOR)
                        .set("chains", level)
                        .ids("chain_id");
                level = Arrays.stream(waitedFor)
                        .filter(id -> !seen.contains(id))
                        .toArray(UUID[]::new);
            }
        }
    }

    /** What becomes of a new job. */
    Verdict verdict(Draft draft) {
        return Verdict.of(draft.job().blockers().inOrder(), chain -> ends.get(Ids.of(chain)));
    }

    /** As what a new job is written: one that a blocker ends is blocked until it is ended. */
    Status status(Draft draft) {
        Verdict verdict = verdict(draft);
        return verdict.ends() ? Status.BLOCKED : verdict.status();
    }

    /** The chain of the continuation for which these were locked; its row is locked among them. */
    UUID own() {
        return own[0];
    }

    /** Whether anyone waits for that chain. */
    boolean isOwnAwaited() {
        return awaited.contains(own());
    }

    /** Adds for which chains jobs wait, those that are completed included: their outputs are read by it. */
    static Statement addEdges(Statement statement, List<Draft> drafts) {
        List<UUID> jobs = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<UUID> chains = new ArrayList<>();
        List<String> onFailures = new ArrayList<>();
        for (Draft draft : drafts) {
            List<Blocker> blockers = draft.job().blockers().inOrder();
            for (int position = 0; position < blockers.size(); position++) {
                jobs.add(draft.id());
                positions.add(position);
                chains.add(Ids.of(blockers.get(position).chain()));
                onFailures.add(blockers.get(position).onFailure().name());
            }
        }
        return statement
                .set("jobs", jobs.toArray(UUID[]::new))
                .set("positions", positions.toArray(Integer[]::new))
                .set("chains", chains.toArray(UUID[]::new))
                .set("on_failures", onFailures.toArray(String[]::new));
    }
}
