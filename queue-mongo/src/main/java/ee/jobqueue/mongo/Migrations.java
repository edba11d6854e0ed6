package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * Brings the collections and indexes up to date: applied in the order of their names, and recorded with name and time.
 *
 * <p>Each migration does no harm when it is applied twice, and is recorded when it is done, so that servers that start at the
 * same time need no lock: the server builds an index once, and who asks for it meanwhile waits for it.
 */
final class Migrations {

    /** What to do about missing migrations. */
    enum Mode {
        /** Apply them. */
        APPLY,
        /** Refuse to start. */
        CHECK,
        /** Do not look. */
        OFF
    }

    /**
     * One change.
     *
     * @param name its time and what it is about
     * @param change what it does, to be repeated without harm
     */
    record Migration(String name, Consumer<Opened> change) {}

    /** Every migration, oldest first. */
    static final List<Migration> ALL = List.of(
            new Migration("20261125220000_jobs", Migrations::jobs),
            new Migration("20261126080000_keys", Migrations::keys));

    private static final System.Logger LOG = QueueLog.logger();

    private final Mode mode;
    private final List<Migration> migrations;

    Migrations(Mode mode) {
        this(mode, ALL);
    }

    /** With these migrations only, as another version has them. */
    Migrations(Mode mode, List<Migration> migrations) {
        this.mode = mode;
        this.migrations = migrations;
    }

    /**
     * Applies what is missing, or checks that nothing is.
     *
     * @throws InvalidConfigurationException when migrations are missing and are not to be applied, or when the database
     *     has one that this version does not know
     */
    void run(Opened opened) {
        if (mode == Mode.OFF) {
            return;
        }
        Set<String> applied = applied(opened);
        List<Migration> missing = migrations.stream()
                .filter(migration -> !applied.contains(migration.name()))
                .toList();
        if (!missing.isEmpty() && mode == Mode.CHECK) {
            throw new InvalidConfigurationException(
                    MongoSettings.MIGRATIONS,
                    "'check', but the database lacks "
                            + missing.stream().map(Migration::name).toList() + "; start once with 'apply'");
        }
        missing.forEach(migration -> apply(opened, migration));
    }

    private static void apply(Opened opened, Migration migration) {
        migration.change().accept(opened);
        opened.migrations()
                .updateOne(
                        new Document(Fields.ID, migration.name()),
                        List.of(set(new Document(
                                Fields.APPLIED_AT,
                                new Document("$ifNull", List.of(Fields.value(Fields.APPLIED_AT), NOW))))),
                        new UpdateOptions().upsert(true));
        LOG.log(Level.INFO, "applied migration {0}", migration.name());
    }

    private Set<String> applied(Opened opened) {
        Set<String> applied = new TreeSet<>();
        opened.migrations().find().forEach(migration -> applied.add(migration.getString(Fields.ID)));
        Set<String> unknown = new TreeSet<>(applied);
        migrations.forEach(migration -> unknown.remove(migration.name()));
        if (!unknown.isEmpty()) {
            throw new InvalidConfigurationException(
                    MongoSettings.MIGRATIONS,
                    "the database was migrated by a newer version, which applied " + unknown
                            + "; deploy that version, or use another database");
        }
        return applied;
    }

    private static void jobs(Opened opened) {
        Document waiting = new Document(Fields.STATUS, Status.PENDING.name());
        Document running = new Document(Fields.STATUS, Status.RUNNING.name());
        List<IndexModel> indexes = new ArrayList<>();
        indexes.add(new IndexModel(
                keys(Fields.CHAIN_ID, 1).append(Fields.POSITION, 1),
                named("chain").unique(true)));
        indexes.add(new IndexModel(
                keys(Fields.TYPE, 1)
                        .append(Fields.PRIORITY, -1)
                        .append(Fields.SCHEDULED_AT, 1)
                        .append(Fields.ID, 1),
                named("due").partialFilterExpression(waiting)));
        indexes.add(new IndexModel(
                keys(Fields.TYPE, 1).append(Fields.SCHEDULED_AT, 1).append(Fields.ID, 1),
                named("waiting").partialFilterExpression(waiting)));
        indexes.add(new IndexModel(keys(Fields.WORKER, 1), named("running").partialFilterExpression(running)));
        indexes.add(new IndexModel(
                keys(Fields.CHAIN_OF_BLOCKER, 1), named("blocker").sparse(true)));
        indexes.add(new IndexModel(keys(Fields.STATUS, 1).append(Fields.TYPE, 1), named("status")));
        indexes.add(new IndexModel(
                keys(Fields.CHAIN_STARTED_AT, -1).append(Fields.CHAIN_ID, -1),
                named("started").partialFilterExpression(new Document(Fields.CONTINUED, false))));
        indexes.add(new IndexModel(keys(Fields.CREATED_AT, -1).append(Fields.ID, -1), named("created")));
        indexes.add(new IndexModel(
                keys(Fields.ENDED_AT, 1).append(Fields.ID, 1),
                named("ended").partialFilterExpression(new Document(Fields.ENDED_AT, new Document("$exists", true)))));
        patiently(opened.jobs()).createIndexes(indexes);
        patiently(opened.keys()).createIndexes(List.of(new IndexModel(keys(Fields.CHAIN, 1), named("chain"))));
        patiently(opened.workers()).createIndexes(List.of(new IndexModel(keys(Fields.LEASE_UNTIL, 1), named("lease"))));
        opened.sweep()
                .updateOne(
                        new Document(Fields.ID, "sweep"),
                        new Document("$setOnInsert", new Document(Fields.NEXT_AT, new Date(0))),
                        new UpdateOptions().upsert(true));
    }

    /** Who holds a deduplication key, the newest chain first: of those that are open, which have no end, and of all. */
    private static void keys(Opened opened) {
        Document keyed =
                new Document(Fields.CONTINUED, false).append(Fields.DEDUPLICATION_KEY, new Document("$exists", true));
        Document key = keys(Fields.CHAIN_TYPE, 1).append(Fields.DEDUPLICATION_KEY, 1);
        Document newest = keys(Fields.CHAIN_STARTED_AT, -1).append(Fields.CHAIN_ID, -1);
        Document all = new Document(key);
        all.putAll(newest);
        Document open = new Document(key).append(Fields.ENDED_AT, 1);
        open.putAll(newest);
        patiently(opened.jobs())
                .createIndexes(List.of(
                        new IndexModel(all, named("key").partialFilterExpression(keyed)),
                        new IndexModel(open, named("open_key").partialFilterExpression(keyed))));
    }

    /** An index of many documents takes longer than a client otherwise waits for an answer. */
    private static MongoCollection<Document> patiently(MongoCollection<Document> collection) {
        return collection.withTimeout(0, TimeUnit.MILLISECONDS);
    }

    private static Document keys(String field, int direction) {
        return new Document(field, direction);
    }

    private static IndexOptions named(String name) {
        return new IndexOptions().name(name);
    }
}
