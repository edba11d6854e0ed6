package ee.jobqueue.sample.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.bson.Document;

/**
 * Numbers for orders, taken from the database a hundred at a time and outside of any transaction, so that orders do not wait
 * for each other; those that are not used are lost. Safe for use by several threads.
 */
@ApplicationScoped
class OrderNumbers {

    private static final int BLOCK = 100;

    @Inject
    private ShopDatabase database;

    private long next = 1;
    private long last;

    synchronized long next() {
        if (next > last) {
            Document counter = database.collection("Counter")
                    .findOneAndUpdate(
                            Filters.eq("_id", "order"),
                            Updates.inc("last", (long) BLOCK),
                            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
            if (counter == null) {
                throw new IllegalStateException("the database gives no number for an order");
            }
            last = counter.getLong("last");
            next = last - BLOCK + 1;
        }
        return next++;
    }
}
