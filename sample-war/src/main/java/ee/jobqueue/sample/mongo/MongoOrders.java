package ee.jobqueue.sample.mongo;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.OrderNotFoundException;
import ee.jobqueue.sample.order.OrderStatus;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Orders as documents. */
@ApplicationScoped
@Transactional
class MongoOrders implements Orders {

    @Inject
    private ShopDatabase database;

    @Inject
    private OrderNumbers numbers;

    @Override
    public void add(CustomerOrder order) {
        EntityDocuments.identify(order, numbers.next());
        order.touch();
        database.insert(order);
    }

    @Override
    public void addAll(List<CustomerOrder> orders) {
        orders.forEach(order -> EntityDocuments.identify(order, numbers.next()));
        database.collection(CustomerOrder.class)
                .insertMany(
                        database.session(),
                        orders.stream().map(EntityDocuments::toDocument).toList());
    }

    @Override
    public void save(CustomerOrder order) {
        order.touch();
        database.replace(order);
    }

    @Override
    public void saveAll(List<CustomerOrder> orders) {
        orders.forEach(CustomerOrder::touch);
        database.collection(CustomerOrder.class)
                .bulkWrite(
                        database.session(),
                        orders.stream()
                                .map(EntityDocuments::toDocument)
                                .map(document ->
                                        new ReplaceOneModel<>(Filters.eq("_id", document.get("_id")), document))
                                .toList());
    }

    @Override
    public CustomerOrder get(long id) {
        return database.find(CustomerOrder.class, id).orElseThrow(() -> new OrderNotFoundException(id));
    }

    /** The transaction reads a snapshot: when the order was changed since, writing it ends in a conflict. */
    @Override
    public CustomerOrder refresh(CustomerOrder order) {
        return get(order.id());
    }

    @Override
    public List<CustomerOrder> recent(Optional<OrderStatus> status, int limit) {
        Bson filter = status.map(MongoOrders::in).orElse(Filters.empty());
        return database.collection(CustomerOrder.class)
                .find(database.session(), filter)
                .sort(Sorts.descending("changedAt"))
                .limit(limit)
                .map(document -> EntityDocuments.toEntity(CustomerOrder.class, document))
                .into(new ArrayList<>());
    }

    @Override
    public long count(OrderStatus status) {
        return database.collection(CustomerOrder.class).countDocuments(database.session(), in(status));
    }

    @Override
    public Map<OrderStatus, Long> countByStatus() {
        Map<OrderStatus, Long> counts = new EnumMap<>(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            counts.put(status, 0L);
        }
        List<Bson> group = List.of(Aggregates.group("$status", Accumulators.sum("orders", 1L)));
        for (Document row : database.collection(CustomerOrder.class).aggregate(database.session(), group)) {
            // a server may answer with a narrower type than it was asked for
            long orders = row.get("orders", Number.class).longValue();
            counts.put(OrderStatus.valueOf(row.getString("_id")), orders);
        }
        return counts;
    }

    private static Bson in(OrderStatus status) {
        return Filters.eq("status", status.name());
    }
}
