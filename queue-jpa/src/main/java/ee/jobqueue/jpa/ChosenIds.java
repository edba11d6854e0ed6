package ee.jobqueue.jpa;

import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.jpa.Starting.Draft;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The ids that callers choose for their chains. Each is claimed by a row beside the deduplication keys, so that of two
 * transactions at once the second waits, and then looks: a duplicate that the primary key refused would, on some databases,
 * end the caller's transaction.
 */
final class ChosenIds {

    /** Stands for the type of the rows that claim ids. No type has this name, and it sorts, and so locks, after all. */
    private static final String CLAIM = "~id";

    /** Stands for the type of the rows of ids that are not free again though their chains are gone. */
    private static final String RETIRED = "~retired id";

    /** Reads which of some ids are those of jobs, or are retired, by primary key and by the index over chains. */
    private static final Sql TAKEN = Sql.of("""
            SELECT id FROM jobqueue_job WHERE id = ANY(:ids)
            UNION ALL
            SELECT chain_id AS id FROM jobqueue_deduplication WHERE chain_id = ANY(:ids) AND chain_type = '%s'
            """.formatted(RETIRED));

    /** Keeps the claimed ids of chains from being used again, by the index over their chains. */
    private static final Sql RETIRE = Sql.of("""
            UPDATE jobqueue_deduplication SET chain_type = '%s' WHERE chain_id = ANY(:chains) AND chain_type = '%s'
            """.formatted(RETIRED, CLAIM));

    private ChosenIds() {}

    /** Refuses an id that is chosen twice in one call. */
    static void refuseRepeated(List<Draft> drafts) {
        Set<UUID> seen = new HashSet<>();
        for (Draft draft : drafts) {
            if (!seen.add(draft.id())) {
                throw refusal(draft.id());
            }
        }
    }

    /** Claims the chosen ids and refuses those that are taken, before anything else is written. */
    static void claim(SqlSession session, List<Draft> drafts) {
        SortedMap<Key, UUID> claims = new TreeMap<>();
        drafts.stream()
                .filter(draft -> draft.job().id() != null)
                .forEach(draft -> claims.put(new Key(CLAIM, draft.id().toString()), draft.id()));
        if (claims.isEmpty()) {
            return;
        }
        session.dialect().lockKeys(session, claims);
        for (UUID taken : session.statement(TAKEN)
                .set("ids", claims.values().toArray(UUID[]::new))
                .ids("id")) {
            throw refusal(taken);
        }
    }

    /**
     * Keeps the ids of chains, whose keys are locked, from being used again: a job under such an id would count its attempts
     * from 1, and the token of an attempt that still runs would fit it.
     */
    static void retire(SqlSession session, UUID[] chains) {
        session.statement(RETIRE).set("chains", chains).update();
    }

    private static DuplicateJobIdException refusal(UUID id) {
        return new DuplicateJobIdException(new JobId(id.toString()));
    }
}
