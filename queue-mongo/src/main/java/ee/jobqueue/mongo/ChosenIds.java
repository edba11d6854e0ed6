package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.limit;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;

import ee.jobqueue.DuplicateJobIdException;
import ee.jobqueue.Status;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * The ids that callers choose for their chains. They are looked for before anything is written, since a duplicate that the
 * server finds ends the caller's transaction. Of two transactions that choose one id at once the second conflicts with
 * the first, and finds the id when it is repeated.
 */
final class ChosenIds {

    /** Stands for the type of the keys that keep ids from being used again. No type has this name. */
    private static final String RETIRED = "~id";

    private ChosenIds() {}

    /** Refuses an id that is chosen twice in one call. */
    static void refuseRepeated(List<Draft> drafts) {
        Set<Object> seen = new HashSet<>();
        for (Draft draft : drafts) {
            if (!seen.add(draft.id())) {
                throw refusal(draft.id());
            }
        }
    }

    /** Refuses chosen ids that are those of jobs, or must not be used again; by primary key. */
    static void refuseTaken(MongoSession session, List<Draft> drafts) {
        List<Object> chosen =
                drafts.stream().filter(Draft::hasChosenId).map(Draft::id).toList();
        if (chosen.isEmpty()) {
            return;
        }
        refuseFound(session.jobs(), chosen);
        refuseFound(
                session.keys(),
                chosen.stream().<Object>map(id -> retired(id).id()).toList());
    }

    private static void refuseFound(Documents documents, List<Object> ids) {
        for (Document taken : documents.find(
                match(new Document(Fields.ID, in(ids))), limit(1), project(new Document(Fields.ID, 1)))) {
            Object id = taken.get(Fields.ID);
            throw refusal(id instanceof Document key ? key.getString(Fields.KEY) : id);
        }
    }

    /**
     * Keeps the chosen ids of chains whose attempts still run from being used again: a job under such an id would count its
     * attempts from 1, and the token of the attempt would fit it.
     */
    static void retire(MongoSession session, Collection<Document> deleted) {
        List<Document> retired = deleted.stream()
                .filter(last ->
                        JobDocument.status(last) == Status.RUNNING && last.get(Fields.CHAIN_ID) instanceof String)
                .map(last -> new Document(
                        Fields.ID, retired(last.get(Fields.CHAIN_ID)).id()))
                .toList();
        if (!retired.isEmpty()) {
            session.keys().insert(retired);
        }
    }

    private static Key retired(Object id) {
        return new Key(RETIRED, Ids.text(id));
    }

    private static DuplicateJobIdException refusal(Object id) {
        return new DuplicateJobIdException(Ids.jobId(id));
    }
}
