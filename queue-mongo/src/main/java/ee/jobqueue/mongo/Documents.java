package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.set;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A collection in a session, or without one: the driver has two methods for each operation. Lives as long as one verb; not
 * for use by several threads.
 */
final class Documents {

    private final MongoCollection<Document> collection;
    private final @Nullable ClientSession session;

    Documents(MongoCollection<Document> collection, @Nullable ClientSession session) {
        this.collection = collection;
        this.session = session;
    }

    String name() {
        return collection.getNamespace().getCollectionName();
    }

    List<Document> find(Bson... stages) {
        return find(List.of(stages));
    }

    /** Reads by a pipeline; each document with the server's time. */
    List<Document> find(List<? extends Bson> stages) {
        List<Bson> pipeline = new ArrayList<>(stages);
        pipeline.add(set(new Document(Fields.READ_AT, Expressions.NOW)));
        return (session == null ? collection.aggregate(pipeline) : collection.aggregate(session, pipeline))
                .into(new ArrayList<>());
    }

    /** Changes one document; answers some of its fields as they are then, {@code null} when none matches. */
    @Nullable Document change(Bson filter, List<? extends Bson> change, String... fields) {
        Document projection = new Document();
        for (String field : fields) {
            projection.append(field, 1);
        }
        FindOneAndUpdateOptions options = new FindOneAndUpdateOptions()
                .returnDocument(ReturnDocument.AFTER)
                .projection(projection);
        return session == null
                ? collection.findOneAndUpdate(filter, change, options)
                : collection.findOneAndUpdate(session, filter, change, options);
    }

    /** Changes one document; answers whether there was one. */
    boolean changeOne(Bson filter, List<? extends Bson> change) {
        return (session == null ? collection.updateOne(filter, change) : collection.updateOne(session, filter, change))
                        .getMatchedCount()
                == 1;
    }

    /** Changes documents; answers how many. */
    long changeAll(Bson filter, List<? extends Bson> change) {
        return (session == null
                        ? collection.updateMany(filter, change)
                        : collection.updateMany(session, filter, change))
                .getMatchedCount();
    }

    /** Changes documents by operators, where no expression is needed. */
    void operateOnAll(Bson filter, Bson operators) {
        if (session == null) {
            collection.updateMany(filter, operators);
        } else {
            collection.updateMany(session, filter, operators);
        }
    }

    /** Executes several changes in one operation; answers how many documents there were. */
    long changeEach(List<UpdateOneModel<Document>> changes) {
        List<WriteModel<Document>> writes = List.copyOf(changes);
        return (session == null ? collection.bulkWrite(writes) : collection.bulkWrite(session, writes))
                .getMatchedCount();
    }

    void insert(List<Document> documents) {
        if (session == null) {
            collection.insertMany(documents);
        } else {
            collection.insertMany(session, documents);
        }
    }

    long deleteAll(Bson filter) {
        return (session == null ? collection.deleteMany(filter) : collection.deleteMany(session, filter))
                .getDeletedCount();
    }
}
