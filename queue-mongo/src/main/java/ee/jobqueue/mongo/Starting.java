package ee.jobqueue.mongo;

import ee.jobqueue.ChainId;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * The room where chains start: lock the keys, refuse chosen ids that are taken, lock the blockers, write the jobs.
 *
 * <p>The keys come first, as everywhere; a job that is dropped by its key takes no further part. The blockers' last jobs are
 * locked, so that a blocker that ends at this moment either is seen as completed here, or sees that somebody waits, or one
 * of the two transactions ends in a conflict.
 *
 * <p>The jobs are inserted with the server's time, which is read just before: an upsert by a pipeline could name {@code
 * $$NOW} itself, but one statement for each job costs more than one short command for all of them.
 */
final class Starting {

    private final MongoSession session;

    Starting(MongoSession session) {
        this.session = session;
    }

    List<Started> start(List<NewJob> jobs) {
        List<Draft> drafts = jobs.stream().map(Draft::of).toList();
        drafts.forEach(Draft::refuseInvalidIds);
        ChosenIds.refuseRepeated(drafts);

        Keys keys = new Keys(session);
        keys.judge(drafts);
        List<Draft> fresh =
                drafts.stream().filter(draft -> keys.hit(draft) == null).toList();
        ChosenIds.refuseTaken(session, fresh);
        BlockerChains blockers = BlockerChains.lock(session, fresh);
        Map<Object, StoredJob> written = write(fresh, blockers);
        return drafts.stream().map(draft -> outcome(draft, keys, written)).toList();
    }

    private static Started outcome(Draft draft, Keys keys, Map<Object, StoredJob> written) {
        ChainId holder = keys.hit(draft);
        if (holder == null) {
            return new Started(written.get(draft.id()), false);
        }
        StoredJob startedBefore = written.get(Ids.of(holder));
        return new Started(startedBefore != null ? startedBefore : keys.lastJob(holder), true);
    }

    private Map<Object, StoredJob> write(List<Draft> drafts, BlockerChains blockers) {
        Map<Object, StoredJob> written = new HashMap<>();
        if (drafts.isEmpty()) {
            return written;
        }
        Instant now = session.opened().now();
        List<Document> documents =
                drafts.stream().map(draft -> draft.first(blockers, now)).toList();
        session.jobs().insert(documents);
        for (Document document : documents) {
            written.put(document.get(Fields.ID), JobDocument.justWritten(document, now));
        }
        return written;
    }
}
