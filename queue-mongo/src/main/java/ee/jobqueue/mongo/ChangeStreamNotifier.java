package ee.jobqueue.mongo;

import com.mongodb.MongoCommandException;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Notifications by a change stream: the store's own writes are the notification, nothing is published. A connection that was
 * lost goes on where it ended, by the resume token; when the server cannot, since its history does not reach back that far,
 * the next one begins at its own time. Safe for use by several threads.
 */
final class ChangeStreamNotifier implements Notifier {

    private final MongoStateProvider provider;
    private final String collectionPrefix;
    private final AtomicReference<@Nullable BsonDocument> position = new AtomicReference<>();

    ChangeStreamNotifier(MongoStateProvider provider, String collectionPrefix) {
        this.provider = provider;
        this.collectionPrefix = collectionPrefix;
    }

    @Override
    public Subscription subscribe(Duration longestWait) {
        Opened opened = new Opened(provider, collectionPrefix);
        if (!opened.hasTransactions()) {
            throw new UnsupportedOperationException(
                    "a standalone MongoDB server has no change streams; a replica set has them, also one of a single member");
        }
        try {
            return new ChangeStream(opened.jobs(), longestWait, position);
        } catch (MongoCommandException e) {
            position.set(null); // the server has answered, and does not want it: ChangeStreamHistoryLost and the like
            throw e;
        }
    }

    @Override
    public String toString() {
        return "the change stream of " + collectionPrefix + "job";
    }
}
