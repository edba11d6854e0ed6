package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.later;
import static ee.jobqueue.mongo.Expressions.literal;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;
import static ee.jobqueue.mongo.Fields.value;

import com.mongodb.client.model.UpdateOneModel;
import ee.jobqueue.Blocker;
import ee.jobqueue.Job;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Resolved;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The room where it is decided what becomes of those who wait for chains that ended in this transaction. Level by level: read
 * who waits, read how their open blockers stand, and let the {@link Verdict} decide; the chains that end by it are the next
 * level.
 *
 * <p>A job that goes on waiting is not changed here: many chains for which one job waits would all change it, and all but one of
 * those that end at once would conflict. Its set of open blockers follows after the commit, see {@link Unblocking}. Of two last
 * blockers that end at once neither sees the other; then the change of that set that comes second unblocks the job.
 */
final class Resolving {

    private final MongoSession session;
    private final Unblocking unblocking;
    private final List<Job> unblocked = new ArrayList<>();
    private final List<Job> ended = new ArrayList<>();
    private final Set<Object> toBeTold = new HashSet<>();

    Resolving(MongoSession session, Unblocking unblocking) {
        this.session = session;
        this.unblocking = unblocking;
    }

    /**
     * Unblocks those who wait for chains that completed. It ends nobody: that another blocker should have done so before is for
     * the sweep to see.
     */
    Resolved afterCompletion(Collection<Object> chains) {
        settle(new Document(Fields.CHAIN_OF_BLOCKER, in(chains)), false);
        return new Resolved(unblocked, ended);
    }

    /** Resolves those who wait for chains that did not complete, and those who wait for them. */
    Resolved after(Collection<Object> chains) {
        Collection<Object> level = chains;
        while (!level.isEmpty()) {
            level = settle(concernedBy(level), true);
        }
        return new Resolved(unblocked, ended);
    }

    /** Resolves jobs that may have been missed, and those who wait for their chains. */
    Resolved missed(Collection<Object> jobs) {
        return after(settle(new Document(Fields.ID, in(jobs)), true));
    }

    /** The jobs of which one of the chains is a blocker, and that do not go on waiting for it all the same. */
    private static Document concernedBy(Collection<Object> chains) {
        Document edge = new Document(Fields.CHAIN, in(chains))
                .append(Fields.ON_FAILURE, new Document("$ne", OnFailure.WAIT.name()));
        return new Document(Fields.CHAIN_OF_BLOCKER, in(chains)) // for the index
                .append(Fields.BLOCKERS, new Document("$elemMatch", edge));
    }

    /** Takes the chains out of the sets of those who go on waiting; to be called after the commit. */
    void tell() {
        unblocking.tell(toBeTold);
    }

    /** Lets the verdict be on those of the jobs that are blocked; answers the chains that ended by it. */
    private List<Object> settle(Document jobs, boolean mayEnd) {
        List<Document> waiting = session.jobs()
                .find(
                        match(jobs.append(Fields.STATUS, Status.BLOCKED.name())),
                        project(new Document(Fields.CHAIN_ID, 1)
                                .append(Fields.BLOCKERS, 1)
                                .append(Fields.OPEN_BLOCKERS, 1)));
        Map<Object, @Nullable Status> ends = ends(waiting);
        List<Object> free = new ArrayList<>();
        Map<Object, Verdict> over = new HashMap<>();
        List<Object> chains = new ArrayList<>();
        for (Document job : waiting) {
            List<Object> open = job.getList(Fields.OPEN_BLOCKERS, Object.class);
            Verdict verdict = Verdict.of(
                    blockers(job), chain -> open.contains(Ids.of(chain)) ? ends.get(Ids.of(chain)) : Status.COMPLETED);
            if (mayEnd && verdict.ends()) {
                over.put(job.get(Fields.ID), verdict);
                chains.add(job.get(Fields.CHAIN_ID));
            } else if (verdict.status() == Status.PENDING) {
                free.add(job.get(Fields.ID));
            } else {
                open.stream().filter(chain -> ends.get(chain) != null).forEach(toBeTold::add);
            }
        }
        unblock(free);
        end(over);
        return chains;
    }

    /** How the open blockers of jobs ended; nothing for those that are open. */
    private Map<Object, @Nullable Status> ends(List<Document> waiting) {
        Set<Object> open = new HashSet<>();
        waiting.forEach(job -> open.addAll(job.getList(Fields.OPEN_BLOCKERS, Object.class)));
        Map<Object, @Nullable Status> ends = new HashMap<>();
        if (!open.isEmpty()) {
            session.jobs()
                    .find(
                            match(Chains.areAmong(open)),
                            project(new Document(Fields.CHAIN_ID, 1).append(Fields.STATUS, 1)))
                    .forEach(last -> ends.put(last.get(Fields.CHAIN_ID), JobDocument.end(last)));
        }
        return ends;
    }

    private void unblock(List<Object> jobs) {
        if (!jobs.isEmpty()) {
            Document pending = new Document(Fields.STATUS, Status.PENDING.name())
                    .append(Fields.SCHEDULED_AT, later(value(Fields.SCHEDULED_AT), NOW))
                    .append(Fields.OPEN_BLOCKERS, literal(List.of()));
            session.jobs().changeAll(blocked(in(jobs)), List.of(set(pending)));
            readInto(unblocked, jobs, job -> job.status() == Status.PENDING);
        }
    }

    private void end(Map<Object, Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            List<UpdateOneModel<Document>> ends = new ArrayList<>();
            verdicts.forEach((job, verdict) -> ends.add(new UpdateOneModel<>(
                    blocked(job),
                    List.of(set(new Document(Fields.STATUS, verdict.status().name())
                            .append(Fields.ENDED_AT, NOW)
                            .append(Fields.CONFLICTS, 0)
                            .append(Fields.LAST_ERROR, literal(verdict.reason())))))));
            session.jobs().changeEach(ends);
            readInto(ended, verdicts.keySet(), job -> job.status().isOver());
        }
    }

    private static Document blocked(Object ids) {
        return new Document(Fields.ID, ids).append(Fields.STATUS, Status.BLOCKED.name());
    }

    private void readInto(List<Job> list, Collection<Object> jobs, Predicate<Job> changed) {
        session.jobs(match(new Document(Fields.ID, in(jobs)))).stream()
                .map(StoredJob::job)
                .filter(changed)
                .forEach(list::add);
    }

    /** The blockers of a job in their declared order. */
    static List<Blocker> blockers(Document job) {
        return job.getList(Fields.BLOCKERS, Document.class, List.of()).stream()
                .map(blocker -> new Blocker(
                        Ids.chainId(blocker.get(Fields.CHAIN)),
                        OnFailure.valueOf(blocker.getString(Fields.ON_FAILURE))))
                .toList();
    }

    /** Those of the blockers that are not settled, by how their chains ended. */
    static List<Object> open(List<Blocker> blockers, Map<Object, @Nullable Status> ends) {
        return blockers.stream()
                .filter(blocker -> !isSettled(ends.get(Ids.of(blocker.chain())), blocker.onFailure()))
                .<Object>map(blocker -> Ids.of(blocker.chain()))
                .toList();
    }

    private static boolean isSettled(@Nullable Status end, OnFailure onFailure) {
        return end == Status.COMPLETED || end != null && onFailure == OnFailure.RUN;
    }
}
