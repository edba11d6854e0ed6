package ee.jobqueue.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import ee.jobqueue.Job;
import ee.jobqueue.spi.Resolved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A short transaction of the store's own beside the caller's, for what may end in a conflict without the caller being
 * concerned. On a deployment without transactions its operations are single ones.
 */
final class OwnTransaction {

    private static final TransactionOptions OPTIONS = TransactionOptions.builder()
            .readPreference(ReadPreference.primary())
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();

    /** How often a commit is repeated whose answer was lost; it is committed once. */
    private static final int COMMITS = 3;

    private final Opened opened;
    private final MongoStateProvider provider;

    OwnTransaction(Opened opened, MongoStateProvider provider) {
        this.opened = opened;
        this.provider = provider;
    }

    <T> T run(Function<MongoSession, T> work) {
        if (!opened.hasTransactions()) {
            return work.apply(new MongoSession(opened, null));
        }
        try (ClientSession session = provider.newSession()) {
            session.startTransaction(OPTIONS);
            T result = work.apply(new MongoSession(opened, session)); // closing aborts what is not committed
            commit(session);
            return result;
        }
    }

    /**
     * Resolves those who wait for chains, or waiting jobs themselves: all at once, and one by one when somebody else changes
     * one of them. What conflicts even then, or is not reached, is left to the sweep.
     */
    Resolved resolve(Collection<Object> ids, BiFunction<Resolving, Collection<Object>, Resolved> work) {
        if (ids.isEmpty()) {
            return Resolved.NONE;
        }
        try {
            Resolving[] resolving = new Resolving[1];
            Resolved resolved = run(session -> {
                resolving[0] = new Resolving(session, new Unblocking(opened));
                return work.apply(resolving[0], ids);
            });
            resolving[0].tell();
            return resolved;
        } catch (MongoException e) {
            if (!MongoErrors.isTransient(e)) {
                throw e;
            }
            return ids.size() == 1 || MongoErrors.isOutage(e) ? Resolved.NONE : resolveEach(ids, work);
        }
    }

    private Resolved resolveEach(Collection<Object> ids, BiFunction<Resolving, Collection<Object>, Resolved> work) {
        List<Job> unblocked = new ArrayList<>();
        List<Job> ended = new ArrayList<>();
        for (Object id : ids) {
            Resolved one = resolve(List.of(id), work);
            unblocked.addAll(one.unblocked());
            ended.addAll(one.ended());
        }
        return new Resolved(unblocked, ended);
    }

    private static void commit(ClientSession session) {
        for (int attempt = 1; ; attempt++) {
            try {
                session.commitTransaction();
                return;
            } catch (MongoException e) {
                if (attempt == COMMITS || !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
                    throw e;
                }
            }
        }
    }
}
