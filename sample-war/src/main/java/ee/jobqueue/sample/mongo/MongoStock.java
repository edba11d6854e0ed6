package ee.jobqueue.sample.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Product;
import ee.jobqueue.sample.order.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Each move is one guarded update. Of two orders for one product at once the second meets a write conflict: its attempt
 * goes back and runs again.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class MongoStock implements Stock {

    @Inject
    private ShopDatabase database;

    @Override
    public boolean reserve(CustomerOrder order) {
        Document available = new Document("$subtract", List.of("$onHand", "$reserved"));
        return move(
                order,
                Filters.expr(new Document("$gte", List.of(available, order.quantity()))),
                Updates.inc("reserved", order.quantity()));
    }

    @Override
    public boolean ship(CustomerOrder order) {
        return move(
                order,
                Filters.and(Filters.gte("onHand", order.quantity()), Filters.gte("reserved", order.quantity())),
                Updates.combine(Updates.inc("onHand", -order.quantity()), Updates.inc("reserved", -order.quantity())));
    }

    @Override
    public void release(CustomerOrder order) {
        if (!move(order, Filters.gte("reserved", order.quantity()), Updates.inc("reserved", -order.quantity()))) {
            throw new IllegalStateException("nothing is reserved for order " + order.id() + ": " + order.quantity()
                    + " of " + order.sku() + " cannot be released");
        }
    }

    private boolean move(CustomerOrder order, Bson guard, Bson change) {
        return database.collection(Product.class)
                        .updateOne(database.session(), Filters.and(Filters.eq("_id", order.sku()), guard), change)
                        .getMatchedCount()
                == 1;
    }
}
