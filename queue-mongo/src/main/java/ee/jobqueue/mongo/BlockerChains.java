package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidBlockerException.Problem;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The chains for which new jobs wait, their last jobs locked until the transaction ends: while they are, none of them can
 * end unseen.
 */
final class BlockerChains {

    private final MongoSession session;
    private final Map<Object, Document> lastJobs = new HashMap<>();

    private BlockerChains(MongoSession session) {
        this.session = session;
    }

    /** Refuses chains that are not there or not allowed, then locks the others and notes that they are awaited. */
    static BlockerChains lock(MongoSession session, List<Draft> drafts) {
        BlockerChains chains = new BlockerChains(session);
        Set<Object> blockers = new LinkedHashSet<>();
        drafts.forEach(draft -> blockers.addAll(Ids.of(draft.job().blockers().chains())));
        if (!blockers.isEmpty()) {
            chains.read(blockers);
            drafts.forEach(draft -> chains.check(draft.job().blockers()));
            Chains.await(session, blockers);
        }
        return chains;
    }

    /** The same for the next job of a chain, refusing chains that wait for that one. */
    static BlockerChains lockForContinuation(MongoSession session, Draft draft, Object ownChain) {
        BlockerChains chains = lock(session, List.of(draft));
        chains.refuseCycle(ownChain, draft.job().blockers());
        return chains;
    }

    private void read(Set<Object> chains) {
        for (Document last : session.jobs()
                .find(
                        match(Chains.areAmong(chains)),
                        project(new Document(Fields.CHAIN_ID, 1)
                                .append(Fields.CHAIN_TYPE, 1)
                                .append(Fields.STATUS, 1)
                                .append(Fields.BLOCKERS, 1)))) {
            lastJobs.put(last.get(Fields.CHAIN_ID), last);
        }
    }

    private void check(Blockers blockers) {
        for (ChainId chain : blockers.chains()) {
            Document last = lastJobs.get(Ids.of(chain));
            if (last == null) {
                throw new InvalidBlockerException(Problem.UNKNOWN, chain);
            }
            if (!blockers.allowedTypes().contains(last.getString(Fields.CHAIN_TYPE))) {
                throw new InvalidBlockerException(Problem.UNDECLARED, chain);
            }
        }
    }

    /**
     * Walks from each blocker along the chains for which its last job waits. Locks what it comes by: of two transactions
     * that close a circle between them one conflicts with the other.
     */
    private void refuseCycle(Object own, Blockers blockers) {
        for (ChainId blocker : blockers.chains()) {
            Set<Object> seen = new HashSet<>();
            Set<Object> level = Set.of(Ids.of(blocker));
            while (!level.isEmpty()) {
                if (level.contains(own)) {
                    throw new InvalidBlockerException(Problem.CYCLE, blocker);
                }
                lockMore(level);
                seen.addAll(level);
                Set<Object> next = waitedFor(level);
                next.removeAll(seen);
                level = next;
            }
        }
    }

    private void lockMore(Set<Object> level) {
        Set<Object> unlocked = new HashSet<>(level);
        unlocked.removeAll(lastJobs.keySet());
        if (!unlocked.isEmpty()) {
            read(unlocked);
            Chains.lock(session, unlocked);
        }
    }

    private Set<Object> waitedFor(Set<Object> level) {
        Set<Object> chains = new HashSet<>();
        for (Object chain : level) {
            Document last = lastJobs.get(chain);
            if (last != null && JobDocument.status(last) == Status.BLOCKED) {
                last.getList(Fields.BLOCKERS, Document.class).forEach(waited -> chains.add(waited.get(Fields.CHAIN)));
            }
        }
        return chains;
    }

    /** What becomes of a new job. */
    Verdict verdict(Draft draft) {
        return Verdict.of(draft.job().blockers().inOrder(), chain -> JobDocument.end(lastJobs.get(Ids.of(chain))));
    }

    /** Those of a new job's blockers that are not settled. */
    List<Object> openOf(Draft draft) {
        Map<Object, @Nullable Status> ends = new HashMap<>();
        lastJobs.forEach((chain, last) -> ends.put(chain, JobDocument.end(last)));
        return Resolving.open(draft.job().blockers().inOrder(), ends);
    }
}
