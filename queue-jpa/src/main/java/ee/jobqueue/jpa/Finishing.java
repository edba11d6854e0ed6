package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.KeyHeldException;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.jpa.Sql.ByClaim;
import ee.jobqueue.jpa.Starting.Draft;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Verdict;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The room where jobs finish. Every statement carries the claim in its own condition; when it changes nothing, the
 * claim does not hold, and the caller's transaction is to be rolled back.
 *
 * <p>A job that ends its chain locks the chain's row first. The row tells whether anyone waits; mostly nobody does, and
 * of a chain of one job the row is the job's own, so that one statement is all.
 */
final class Finishing {

    private static final Map<String, Class<?>> FAILED_CHAIN =
            Map.of("id", UUID.class, "chain_type", String.class, "deduplication_key", String.class);

    private final SqlSession session;

    Finishing(SqlSession session) {
        this.session = session;
    }

    void hold(Token token) {
        List<UUID> held = session.statement(Statements.HOLD).set(token).column("id", UUID.class);
        if (held.isEmpty()) {
            throw refused(token);
        }
    }

    StoredJob lock(ChainId chainId) {
        return new ChainLocks(session).lock(List.of(chainId)).get(0);
    }

    Finished complete(Claim claim, @Nullable String output) {
        Tuple chain = end(claim, Status.COMPLETED, output, null);
        return isAwaited(chain)
                ? new Finished(true, new Resolved(unblock(chain.get("chain_id", UUID.class)), List.of()))
                : Finished.OVER;
    }

    Finished fail(Token token, String error, @Nullable Schedule retry) {
        if (retry == null) {
            Tuple chain = end(token, Status.FAILED, null, error);
            return isAwaited(chain)
                    ? new Finished(true, new Resolving(session).after(List.of(chain.get("chain_id", UUID.class))))
                    : Finished.OVER;
        }
        fenced(
                token,
                session.statement(Statements.FAIL)
                        .set(token)
                        .set("error", error)
                        .set(DueTime.of(retry)));
        return Finished.CONTINUED;
    }

    private static boolean isAwaited(Tuple chain) {
        return Boolean.TRUE.equals(chain.get("awaited", Boolean.class));
    }

    /** Ends a job and its chain, the chain's row first; answers that row. */
    private Tuple end(Claim claim, Status status, @Nullable String output, @Nullable String error) {
        List<Tuple> chain = ending(Statements.END_CHAIN.of(claim), claim, status, output, error)
                .tuples(Map.of("id", UUID.class, "chain_id", UUID.class, "awaited", Boolean.class));
        if (chain.isEmpty()) {
            throw refused(claim);
        }
        boolean isOnlyJob = chain.get(0).get("id", UUID.class).equals(Ids.of(claim.jobId()));
        if (!isOnlyJob
                && ending(Statements.END_JOB.of(claim), claim, status, output, error)
                                .update()
                        == 0) {
            throw refused(claim);
        }
        return chain.get(0);
    }

    private Statement ending(Sql sql, Claim claim, Status status, @Nullable String output, @Nullable String error) {
        return session.statement(sql)
                .set(claim)
                .set("status", status.name())
                .setNullable("output", output, String.class)
                .set("failed", error == null ? 0 : 1)
                .setNullable("error", error, String.class);
    }

    /**
     * Locks those who wait, then looks at their other blockers: of two blockers that complete at once the second sees
     * the first.
     */
    private List<Job> unblock(UUID chain) {
        UUID[] waiting =
                session.statement(Statements.LOCK_WAITING).set("chain", chain).ids("id");
        return unblock(waiting).stream().map(StoredJob::job).toList();
    }

    /** Unblocks, of jobs that are locked, those whose blockers are all settled. */
    List<StoredJob> unblock(UUID[] locked) {
        return locked.length == 0
                ? List.of()
                : session.statement(Statements.UNBLOCK).set("jobs", locked).jobs();
    }

    Finished continueWith(Claim claim, NewJob next) {
        Draft draft = new Draft(Ids.next(), next);
        Optional<ChainId> failed = claim instanceof Locked ? failedChain(claim) : Optional.empty();
        BlockerChains blockers = lockBlockers(claim, draft);
        failed.ifPresent(chain -> session.statement(Statements.REOPEN_CHAIN)
                .set("chain", Ids.of(chain))
                .update());
        ByClaim continuation = draft.isBlocked() ? Statements.CONTINUE_BLOCKED : Statements.CONTINUE;
        Statement statement = session.statement(continuation.of(claim))
                .set(claim)
                .set("next", draft.id())
                .set("type", next.type())
                .set("next_status", blockers.status(draft).name())
                .set("input", next.input())
                .set("blocked", draft.isBlocked())
                .setNullable("priority", next.priority(), Integer.class)
                .set(DueTime.of(next.schedule()));
        if (BlockerChains.addEdges(statement, List.of(draft)).update() == 0) {
            throw refused(claim);
        }
        Verdict verdict = blockers.verdict(draft);
        return verdict.ends() ? endContinuation(draft, verdict, blockers) : Finished.CONTINUED;
    }

    /**
     * The chain of a job if it has failed: it is opened again, unless another one holds its key. The key is locked after the
     * chain, against the order of locks, since whoever locked the chain did not know that it would be continued.
     */
    private Optional<ChainId> failedChain(Claim claim) {
        List<Tuple> found = session.statement(Statements.FAILED_CHAIN)
                .set("job", Ids.of(claim.jobId()))
                .tuples(FAILED_CHAIN);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Tuple row = found.get(0);
        ChainId chain = new ChainId(row.get("id", UUID.class).toString());
        Keys keys = new Keys(session);
        keys.lockAgain(row.get("deduplication_key") == null ? Map.of() : Map.of(chain, Key.of(row)));
        KeyHeldException refusal = keys.reopen(chain);
        if (refusal != null) {
            throw refusal;
        }
        return Optional.of(chain);
    }

    /** The chain's row is locked, since the continuation has blockers. */
    private Finished endContinuation(Draft draft, Verdict verdict, BlockerChains blockers) {
        Resolving resolving = new Resolving(session);
        Job ended = resolving.end(draft.id(), blockers.own(), verdict).job();
        Resolved others = blockers.isOwnAwaited() ? resolving.after(List.of(blockers.own())) : Resolved.NONE;
        return new Finished(
                true,
                new Resolved(
                        others.unblocked(),
                        Stream.concat(Stream.of(ended), others.ended().stream()).toList()));
    }

    private BlockerChains lockBlockers(Claim claim, Draft draft) {
        if (!draft.isBlocked()) {
            return BlockerChains.lock(session, List.of());
        }
        Ids.of(draft.job().blockers().chains());
        UUID[] own = session.statement(Statements.CHAIN_OF.of(claim)).set(claim).ids("chain_id");
        if (own.length == 0) {
            throw refused(claim);
        }
        return BlockerChains.lockForContinuation(session, draft, own[0]);
    }

    void reschedule(Token token, Schedule schedule) {
        fenced(token, session.statement(Statements.RESCHEDULE).set(token).set(DueTime.of(schedule)));
    }

    void conflict(Token token) {
        fenced(token, session.statement(Statements.CONFLICT).set(token));
    }

    List<Token> giveBack(List<Token> tokens) {
        if (tokens.isEmpty() || owned(Statements.GIVE_BACK, tokens).update() == tokens.size()) {
            return List.of();
        }
        Set<UUID> passedOver = Set.of(owned(Statements.STILL_OWNED, tokens).ids("id"));
        return tokens.stream()
                .filter(token -> passedOver.contains(Ids.of(token.jobId())))
                .toList();
    }

    private Statement owned(Sql sql, List<Token> tokens) {
        return session.statement(sql)
                .set("jobs", tokens.stream().map(token -> Ids.of(token.jobId())).toArray(UUID[]::new))
                .set(
                        "workers",
                        tokens.stream().map(token -> Ids.of(token.worker())).toArray(UUID[]::new))
                .set("attempts", tokens.stream().map(Token::attempt).toArray(Integer[]::new));
    }

    private void fenced(Token token, Statement statement) {
        if (statement.update() == 0) {
            throw refused(token);
        }
    }

    private JobQueueException refused(Claim claim) {
        return claim.refusal(() -> new Reading(session).job(claim.jobId()));
    }
}
