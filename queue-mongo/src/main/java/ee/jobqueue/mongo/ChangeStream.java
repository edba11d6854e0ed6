package ee.jobqueue.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** An open change stream of the jobs, from where the last one ended. For use by one thread. */
final class ChangeStream implements Subscription {

    /** How long the server may take for an answer beyond the wait, so that a dead connection is noticed. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private final MongoCollection<Document> jobs;
    private final AtomicReference<@Nullable BsonDocument> position;
    private final MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor;

    ChangeStream(
            MongoCollection<Document> jobs, Duration longestWait, AtomicReference<@Nullable BsonDocument> position) {
        this.jobs = jobs.withTimeout(longestWait.plus(LONGEST_ANSWER).toMillis(), TimeUnit.MILLISECONDS);
        this.position = position;
        ChangeStreamIterable<Document> stream =
                this.jobs.watch(Changes.PIPELINE).maxAwaitTime(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        BsonDocument last = position.get();
        this.cursor = (last == null ? stream : stream.startAfter(last)).cursor();
    }

    @Override
    public Notifications next() {
        Changes changes = new Changes();
        ChangeStreamDocument<Document> change = cursor.tryNext();
        while (change != null) {
            changes.add(change);
            change = cursor.available() > 0 ? cursor.tryNext() : null;
        }
        if (cursor.getServerCursor() == null) { // it would answer at once and with nothing, for ever
            position.set(null);
            throw new IllegalStateException("the change stream has ended: the collection was dropped or renamed");
        }
        position.set(cursor.getResumeToken());
        return changes.read(jobs);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
