package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Priority;
import ee.jobqueue.spi.DueTime;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The room where chains start: lock the keys, claim chosen ids, lock the blockers, write the jobs.
 *
 * <p>The keys come first, as everywhere; a job that is dropped by its key takes no further part. Of the others the
 * blockers' chain rows are locked in one go, in id order, so that each blocker that ends at this moment either is seen
 * as completed here or sees the waiting job.
 */
final class Starting {

    /** How many jobs one statement writes. */
    static final int BATCH = 1_000;

    private final SqlSession session;

    Starting(SqlSession session) {
        this.session = session;
    }

    List<Started> start(List<NewJob> jobs) {
        List<Draft> drafts = jobs.stream().map(job -> new Draft(idOf(job), job)).toList();
        drafts.forEach(Draft::refuseInvalidIds);
        ChosenIds.refuseRepeated(drafts);

        Keys keys = new Keys(session);
        keys.judge(drafts);
        List<Draft> fresh =
                drafts.stream().filter(draft -> keys.hit(draft) == null).toList();
        ChosenIds.claim(session, fresh);
        BlockerChains blockers = BlockerChains.lock(session, fresh);
        Map<UUID, StoredJob> written = write(fresh, blockers);
        return drafts.stream().map(draft -> outcome(draft, keys, written)).toList();
    }

    private static UUID idOf(NewJob job) {
        return job.id() == null ? Ids.next() : job.id();
    }

    private static Started outcome(Draft draft, Keys keys, Map<UUID, StoredJob> written) {
        ChainId holder = keys.hit(draft);
        if (holder == null) {
            return new Started(written.get(draft.id()), false);
        }
        StoredJob startedBefore = written.get(Ids.of(holder));
        return new Started(startedBefore != null ? startedBefore : keys.lastJob(holder), true);
    }

    private Map<UUID, StoredJob> write(List<Draft> drafts, BlockerChains blockers) {
        Map<UUID, StoredJob> written = new HashMap<>();
        for (List<Draft> batch : batches(drafts)) {
            for (StoredJob job : insert(batch, blockers)) {
                written.put(Ids.of(job.job().id()), job);
            }
        }
        for (Draft draft : drafts) {
            Verdict verdict = blockers.verdict(draft);
            if (verdict.ends()) {
                written.put(draft.id(), new Resolving(session).end(draft.id(), draft.id(), verdict));
            }
        }
        return written;
    }

    private List<StoredJob> insert(List<Draft> batch, BlockerChains blockers) {
        List<DueTime> due =
                batch.stream().map(draft -> DueTime.of(draft.job().schedule())).toList();
        boolean isBlocked = batch.stream().anyMatch(Draft::isBlocked);
        Statement statement = session.statement(isBlocked ? Statements.START_BLOCKED : Statements.START)
                .set("ids", batch.stream().map(Draft::id).toArray(UUID[]::new))
                .set("types", batch.stream().map(draft -> draft.job().type()).toArray(String[]::new))
                .set(
                        "statuses",
                        batch.stream()
                                .map(draft -> blockers.status(draft).name())
                                .toArray(String[]::new))
                .set("inputs", batch.stream().map(draft -> draft.job().input()).toArray(String[]::new))
                .set("blocked", batch.stream().map(draft -> draft.isBlocked()).toArray(Boolean[]::new))
                .set("at_millis", due.stream().map(DueTime::atMillis).toArray(Long[]::new))
                .set("delay_millis", due.stream().map(DueTime::delayMillis).toArray(Long[]::new))
                .set("keys", batch.stream().map(Draft::key).toArray(String[]::new))
                .set("priorities", batch.stream().map(Draft::priority).toArray(Integer[]::new));
        return (isBlocked ? BlockerChains.addEdges(statement, batch) : statement).jobs();
    }

    static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return batches;
    }

    /**
     * A job that has its id and is not written yet.
     *
     * @param id its id, and its chain's when it is the first
     * @param job what is to be written
     */
    record Draft(UUID id, NewJob job) {

        /** Whether it has blockers, over or not: their outputs are read either way. */
        boolean isBlocked() {
            return !job.blockers().isEmpty();
        }

        /** Its priority as the first job of a chain. */
        int priority() {
            Integer own = job.priority();
            return own == null ? Priority.DEFAULT : own;
        }

        /** Refuses ids of other chains that are none of this store. */
        void refuseInvalidIds() {
            Ids.of(job.blockers().chains());
            Deduplication deduplication = job.deduplication();
            if (deduplication != null) {
                Ids.of(deduplication.disregarded());
            }
        }

        /** Its deduplication key; {@code null} when it has none. */
        @Nullable String key() {
            Deduplication deduplication = job.deduplication();
            return deduplication == null ? null : deduplication.key();
        }
    }
}
